import { Dice } from './dice.mjs';

/** A diagram of fourteen boxes in four rows with lines between them, as an SVG file. */
export function picture(seed) {
  const dice = new Dice(seed + 1000000);
  const place = (at) => [40 + (at % 4) * 150, 20 + Math.floor(at / 4) * 90];
  const lines = Array.from({ length: 14 }, (_, at) => {
    const [[x, y], [toX, toY]] = [place(at), place(dice.between(0, 13))];
    return `<path d="M${x + 48} ${y + 22} L${toX + 48} ${toY + 22}" stroke="#666" fill="none"/>`;
  });
  const boxes = Array.from({ length: 14 }, (_, at) => {
    const [x, y] = place(at);
    return `<g><rect x="${x}" y="${y}" width="96" height="44" rx="6" fill="#eef" stroke="#336"/><text x="${x + 8}" y="${y + 27}" font-size="14" fill="#114">part ${at + 1}</text></g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" role="img"><title>The parts</title>\n${[...lines, ...boxes].join('\n')}\n</svg>\n`;
}
