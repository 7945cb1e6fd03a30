/** The parts of a long page, always within reach. */
export function SectionLinks({ sections }: { sections: ReadonlyArray<{ id: string; title: string }> }) {
  return (
    <nav
      aria-label="On this page"
      className="sticky top-13 z-20 -mx-4 mb-6 overflow-x-auto border-b border-line bg-canvas/95 px-4 backdrop-blur sm:-mx-6 sm:px-6"
    >
      <ul className="flex gap-5 whitespace-nowrap">
        {sections.map((section) => (
          <li key={section.id}>
            <a
              href={`#${section.id}`}
              className="block py-2.5 text-sm text-ink-2 underline-offset-4 hover:text-accent hover:underline focus-visible:outline-offset-0"
            >
              {section.title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
