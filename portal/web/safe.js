// Values that come from bots are untrusted: each passes one of these gates before it reaches the page.

const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:']);
const HEX = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;
const NAME = /^[a-z]{3,24}$/i;
const IMAGE = /\.(?:png|jpe?g|gif|webp)$/i;

/** The address as a link may carry it, or null. A bare word is no address: only a scheme or a leading slash is. */
export function safeUrl(value) {
  const text = String(value ?? '').trim();
  if (!/^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(text)) return null;
  const url = parsed(text);
  return url && SCHEMES.has(url.protocol) ? url.href : null;
}

/** The address an <img> may load: http(s), or a data: image as avatars are. */
export function safeImage(value) {
  const text = String(value ?? '').trim();
  if (/^data:image\/(?:png|jpeg|gif|webp);base64,[a-z0-9+/=]+$/i.test(text)) return text;
  const url = safeUrl(text);
  return url && /^https?:/.test(url) ? url : null;
}

/** Does the address end as a picture does (query and fragment aside)? */
export function isImageUrl(href) {
  const url = parsed(href);
  return Boolean(url) && /^https?:$/.test(url.protocol) && IMAGE.test(url.pathname);
}

/** `#rgb`, `#rrggbb` or a plain colour name the browser knows; anything else is null. */
export function safeColor(value) {
  const text = String(value ?? '').trim();
  if (HEX.test(text)) return text;
  return NAME.test(text) && CSS.supports('color', text) ? text : null;
}

/** A whole number of pixels between 1 and `most`, or null. */
export function safePixels(value, most = 2000) {
  const pixels = Math.round(Number(value));
  return pixels >= 1 ? Math.min(pixels, most) : null;
}

/** Black or white: whichever is readable on the given colour (names are measured by the browser itself). */
export function inkOn(color) {
  const [r, g, b] = channels(color);
  return 0.299 * r + 0.587 * g + 0.114 * b > 165 ? '#14181f' : '#ffffff';
}

function channels(color) {
  const pen = document.createElement('canvas').getContext('2d');
  pen.fillStyle = color; // reads back as #rrggbb whatever was set
  return [1, 3, 5].map((at) => parseInt(pen.fillStyle.slice(at, at + 2), 16));
}

function parsed(text) {
  try {
    return new URL(text, location.origin);
  } catch {
    return null;
  }
}
