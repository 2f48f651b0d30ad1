// What can be done with a message: reactions, answers, and the menu that lists it all.

import { quoted } from './bbcode.js';
import { plain } from './bbtree.js';
import { openMenu } from './floating.js';
import { menuItems } from './keyboard.js';
import { nameOf } from './people.js';
import { pickReaction, quickReactions } from './picker.js';

/** Deeds by their names; each is called as `(value, message id, the clicked node)`. */
export function messageDeeds(store, { post, deeds, composer, placedItems }) {
  const react = (message, reaction) => post('react', { message, reaction });
  const known = (id) => store.messages.get(Number(id));

  return {
    like: (id) => react(Number(id), 'like'),
    react: (reaction, message) => react(message, reaction),
    reactions: (id, message, node) => pickReaction(node, (reaction) => react(message, reaction)),
    reply: (id) => composer.answer(known(id)),
    edit: (id) => composer.edit(known(id)),

    async press(button, message, node) {
      node.setAttribute('aria-busy', 'true');
      await post('press', { message, button: Number(button) });
      node.removeAttribute('aria-busy');
    },

    menu(id, message, node) {
      const one = known(message);
      const isOwn = one.author === store.me;
      const pick = (item) => post('pick', { message, item: Number(item) });
      const application = (app, { APP_PARAMS }) => deeds.openApp(app, { message, params: APP_PARAMS ?? '' });
      const ofBot = menuItems(one.menu, { ...deeds, pick, application });
      const askDelete = () => {
        const run = () => post('delete', { message });
        openMenu(node, [{ label: 'Delete this message', symbol: 'trash', danger: true, run }], 'Delete?');
      };
      const quote = () => composer.add(quoted(nameOf(store, one.author), one.date, plain(one.text)));
      openMenu(
        node,
        [
          quickReactions(
            (reaction) => react(message, reaction),
            () => deeds.reactions(id, message, node),
          ),
          ...(ofBot.length ? ['-', ...ofBot] : []),
          ...placedItems(message),
          '-',
          { label: 'Answer', symbol: 'reply', run: () => composer.answer(one) },
          { label: 'Quote', symbol: 'quote', run: quote },
          { label: 'Forward…', symbol: 'forward', run: () => deeds.forward(message) },
          { label: 'Copy text', symbol: 'copy', run: () => deeds.copy(one.text) },
          { label: 'Copy as JSON', symbol: 'code', run: () => deeds.copy(JSON.stringify(one, null, 2)) },
          isOwn && { label: 'Edit', symbol: 'edit', run: () => composer.edit(one) },
          isOwn && { label: 'Delete…', symbol: 'trash', danger: true, run: askDelete },
        ].filter(Boolean),
        'Message actions',
      );
    },
  };
}
