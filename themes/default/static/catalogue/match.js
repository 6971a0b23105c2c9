// Whether an entry of the catalogue is what was asked for.

// A text as it is compared: in small letters, without accents.
export function wanted(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

export function choices(select) {
  return [...select.options].map((option) => option.value);
}

// Empty parts of a filter let everything through.
export function matches(entry, { q, track, tier, concept, status, kind, minutes }) {
  return (!track || entry.track === track)
    && (!tier || entry.tier === tier)
    && (!status || entry.status === status)
    && (!kind || entry.kind === kind)
    && (!concept || entry.concepts.includes(concept))
    && (!minutes || (entry.minutes !== undefined && entry.minutes <= Number(minutes)))
    && (!q || wanted(q).split(/\s+/).every((word) => entry.text.includes(word)));
}
