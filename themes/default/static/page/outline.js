// Beside the text there is room for the outline; above it, it waits until it is asked for.
export function openOutline() {
  const outline = document.querySelector(".outline details");
  if (outline && matchMedia("(min-width: 66rem)").matches) outline.open = true;
}
