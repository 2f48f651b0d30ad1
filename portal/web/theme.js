// Light, dark, or as the system has it. The choice is the browser's, not the portal's.

const KEY = 'b24-portal-theme';
const NAMES = { '': 'As the system', light: 'Light', dark: 'Dark' };

function apply(theme) {
  document.documentElement.dataset.theme = theme;
}

/** What a menu offers. */
export function themeItems() {
  const current = document.documentElement.dataset.theme ?? '';
  return Object.entries(NAMES).map(([theme, label]) => ({
    label,
    checked: theme === current,
    run() {
      localStorage.setItem(KEY, theme);
      apply(theme);
    },
  }));
}

apply(localStorage.getItem(KEY) ?? '');
