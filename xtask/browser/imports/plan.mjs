// A year of talk in an invented co-op, the same at every run: who said what, when, in answer to what, with which signs. It is written
// as an export by `mattermost.mjs` and `slack.mjs`, and said again as it has to stand in a club by `expected`.

/** Numbers that look random and are the same at every run. */
function dice(seed) {
  let state = seed >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const NAMES = ["Ada Lovelace", "Ben Yilmaz", "Cleo Martin", "Dora Núñez", "Emre Aksoy", "Sam Lee", "Sam Lee", "Fay O'Hara", "Gita Rao", "Ida Berg", "Jo \"JJ\" Kim", "李 Wei"];
const WORDS = "bread rakes & spades <seeds> tomorrow perhaps the shed was open again; who has the key? compost rain at 10:30 please".split(" ");
const EMOJI = [["+1", "👍"], ["tada", "🎉"], ["heart", "❤️"], ["joy", "😂"], ["party_parrot", ":party_parrot:"]];

const pick = (roll, list) => list[roll(list.length)];

/** What somebody writes, in pieces that every program writes in its own way. */
function pieces(roll, users) {
  const made = [];
  for (let n = 2 + roll(9); n > 0; n -= 1) {
    const kind = roll(24);
    if (kind === 0) made.push({ mention: pick(roll, users) });
    else if (kind === 1) made.push({ bold: pick(roll, ["now", "Friday", "two loaves"]) });
    else if (kind === 2) made.push({ link: ["https://plants.example/a?b=1&c=2", "the list"] });
    else if (kind === 3) made.push({ emoji: EMOJI[1] });
    else if (kind === 4) made.push({ everybody: true });
    else made.push({ word: pick(roll, WORDS) });
  }
  return made;
}

/** The plan of a co-op's talk: `size` messages in each of some channels. */
export function plan(seed, sizes) {
  const roll = dice(seed);
  const users = NAMES.map((name, n) => ({ n, name, handle: `${name.split(" ")[0].toLowerCase().replace(/[^a-z]/g, "") || "wei"}.${n}`, id: `U0${n}` }));
  let at = 1_600_000_000_000;
  const channels = Object.entries(sizes).map(([name, { size, closed = false }]) => {
    const messages = [];
    while (messages.length < size) {
      at += 1 + roll(4_000_000);
      const roots = messages.slice(-40).filter(({ root, gone }) => root === undefined && !gone);
      const root = roll(3) === 0 && roots.length > 0 ? pick(roll, roots) : undefined;
      const fate = roll(60);
      const signs = roll(4) === 0 ? [...Array(1 + roll(3)).keys()].map(() => ({ emoji: pick(roll, EMOJI), by: users.filter(() => roll(4) === 0) })) : [];
      messages.push({
        at, root, user: pick(roll, users), pieces: pieces(roll, users), gone: fate === 0 && root === undefined, pinned: fate === 1,
        edited: fate === 2 ? at + 60_000 : undefined, file: fate === 3 ? "plan of the beds.pdf" : undefined,
        signs: fate === 0 ? [] : signs.filter(({ emoji }, n) => signs.findIndex((other) => other.emoji === emoji) === n && signs[n].by.length > 0),
      });
    }
    return { name, closed, messages };
  });
  return { users, channels };
}

/** A text in somebody's way of writing. */
export const written = (message, way) => message.pieces.map((piece) => way(piece)).join(" ");

/** How a message has to stand in the club. `members` are the handles and names here of those who are known, by their handles there. */
export function expected(message, program, names, members) {
  const ours = (piece) => {
    if (piece.mention) return `@${members[piece.mention.handle]?.handle ?? `\u2060${names.mention(piece.mention)}`}`;
    if (piece.everybody) return "@\u2060channel";
    if (piece.bold) return `**${piece.bold}**`;
    if (piece.link) return `[${piece.link[1]}](${piece.link[0]})`;
    return piece.emoji ? piece.emoji[1] : piece.word.replace(/^</, "\\<");
  };
  const file = message.file ? `\n\n📎 \`${message.file}\`` : "";
  const signs = message.signs.map(({ emoji, by }) => `${emoji[1]} ${by.length}`).sort();
  return {
    name: members[message.user.handle]?.name ?? `${names.shown(message.user)} (${program})`,
    sent: message.at * 1000,
    text: message.gone ? "" : written(message, ours) + file,
    thread: message.root?.seq ?? null,
    edited: message.edited && !message.gone ? message.edited * 1000 : null,
    gone: message.gone,
    pinned: message.pinned && !message.gone,
    signs: message.gone ? [] : signs,
  };
}
