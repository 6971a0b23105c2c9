/** The results as a Markdown table for each number of pages. */
export function printTable(results) {
  return results.map(one).join('\n\n');
}

function one({ corpus, pages, ours, ...peers }) {
  const head = ['', 'cold', 'per page', 'ours / it', 'peak memory'];
  const rows = [row(`scenarist, ${pages} ${corpus === 'course' ? 'exercises' : 'pages'}`, ours, pages, ours)];
  for (const [peer, result] of Object.entries(peers)) rows.push(row(peer, result, pages, ours));
  rows.push(['read and write the same bytes', `${Math.round(ours.raw_ms)} ms`, '', ratio(ours.cold_ms, ours.raw_ms), '']);
  if (ours.pages_ms) {
    rows.push(['as many bare pages', `${Math.round(ours.pages_ms)} ms`, '', ratio(ours.cold_ms, ours.pages_ms), '']);
    const bound = 2 * ours.raw_ms + ours.pages_ms;
    rows.push(['the first twice, and the second', `${Math.round(bound)} ms`, '', ratio(ours.cold_ms, bound), '']);
  }
  const more = [
    `${ours.files} files, ${(ours.bytes / 1e6).toFixed(1)} MB`,
    `preview pictures: ${Math.round(ours.cards_ms)} ms more`,
    `nothing to do: ${ours.idle_ms} ms`,
    `an edit until it is served: ${ours.edit_ms} ms; of a heading: ${ours.heading_edit_ms} ms; of a title: ${ours.title_edit_ms} ms; peak memory of the server: ${ours.serving_mb} MB`,
  ];
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), '', ...more.map((text) => `- ${text}`)].join('\n');
}

function row(name, result, pages, ours) {
  const perPage = `${(result.cold_ms / pages).toFixed(2)} ms`;
  return [name, `${Math.round(result.cold_ms)} ms`, perPage, result === ours ? '' : ratio(ours.cold_ms, result.cold_ms), `${Math.round(result.memory_mb)} MB`];
}

const ratio = (one, other) => (other > 0 ? (one / other).toFixed(2) : '');
