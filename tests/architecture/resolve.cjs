// How dependency-cruiser finds what `@/` means in the web: in the form of a webpack configuration.
module.exports = { resolve: { alias: { '@': require('node:path').join(__dirname, '../../web/src') } } };
