import { download } from './download.ts';

/** The picture as a file that stands alone: the theme's colours are written into it. */
export function standaloneSvg(svg: SVGSVGElement, width: number, height: number): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.removeAttribute('class');
  copy.removeAttribute('style');
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  ground.setAttribute('width', String(width));
  ground.setAttribute('height', String(height));
  ground.setAttribute('fill', 'var(--canvas)');
  copy.insertBefore(ground, copy.firstChild);
  return textOfPicture(copy);
}

/** What no XML 1.0 may hold, which names of models and files may, and a serialiser writes as it is. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** The text of a picture's file, with the theme's colours written into it. */
export function textOfPicture(svg: SVGSVGElement): string {
  const theme = getComputedStyle(document.documentElement);
  const text = new XMLSerializer().serializeToString(svg).replace(FORBIDDEN, '\ufffd');
  return inlineColors(text, (name) => theme.getPropertyValue(name));
}

/** Replaces every `var(--name)` by its value; a name without one becomes `currentColor`. */
export function inlineColors(text: string, lookUp: (name: string) => string): string {
  return text.replace(/var\((--[\w-]+)\)/g, (_, name: string) => lookUp(name).trim() || 'currentColor');
}

export function saveSvg(text: string, name: string): void {
  download(new Blob([text], { type: 'image/svg+xml' }), `${name}.svg`);
}

/** Rejects where the browser can't paint the picture, for example because it is too large. */
export async function savePng(text: string, name: string, width: number, height: number): Promise<void> {
  const scale = Math.min(2, 8192 / Math.max(width, height));
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    await new Promise<void>((resolve, reject) => {
      image.onload = () => resolve();
      image.onerror = () => reject(new Error('The browser could not paint the picture.'));
      image.src = address;
    });
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('The picture is too large for a PNG; save it as SVG.');
    download(blob, `${name}.png`);
  } finally {
    URL.revokeObjectURL(address);
  }
}
