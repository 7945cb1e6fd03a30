'use client';

import { Download } from 'lucide-react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { Button } from '@/ui/Button.tsx';
import { savePng, saveSvg, standaloneSvg } from '@/ui/save-picture.ts';
import { useToast } from '@/ui/Toast.tsx';
import { LineagePicture } from '../LineagePicture.tsx';
import type { PictureMarks, PictureModel } from './picture-model.ts';

/** The whole picture as a file, whatever part of it is in view. */
export function SaveButtons(props: { model: PictureModel; marks: PictureMarks; name: string }) {
  const say = useToast();
  const file = `lineage-${props.name.replace(/[^\w.-]+/g, '-')}`;
  const save = async (as: 'svg' | 'png') => {
    const { width, height } = props.model.layout;
    try {
      const text = wholePicture(props.model, props.marks);
      if (as === 'svg') saveSvg(text, file);
      else await savePng(text, file, width, height);
      say(`Saved ${file}.${as}`);
    } catch (error) {
      say(error instanceof Error ? error.message : 'The picture could not be saved.');
    }
  };
  return (
    <>
      <Button size="sm" look="quiet" aria-label="Save as SVG" onClick={() => save('svg')}>
        <Download aria-hidden /> SVG
      </Button>
      <Button size="sm" look="quiet" aria-label="Save as PNG" onClick={() => save('png')}>
        <Download aria-hidden /> PNG
      </Button>
    </>
  );
}

/** Drawn once more beside the page, because on it only what is in view may be drawn. */
function wholePicture(model: PictureModel, marks: PictureMarks): string {
  const beside = document.createElement('div');
  const root = createRoot(beside);
  try {
    const nothing = () => undefined;
    flushSync(() =>
      root.render(
        <LineagePicture
          model={model}
          marks={{ ...marks, selected: null, selectedEdge: null }}
          view={null}
          onSelect={nothing}
          onSelectEdge={nothing}
          zoom={1}
        />,
      ),
    );
    const svg = beside.querySelector('svg');
    if (!svg) throw new Error('The picture could not be drawn.');
    return standaloneSvg(svg, model.layout.width, model.layout.height);
  } finally {
    root.unmount();
  }
}
