import { tags, type Passing, type Verdict } from './bolt-proxy';

/** What is done to messages between a server and its database for some seconds. */
export interface MessageFault {
  readonly name: string;
  /** Begins it; gives what is then done to each message. */
  readonly begin: () => (message: Passing) => Verdict;
  /** Milliseconds by which each message of the database is late. */
  readonly delay?: number;
  /** To how many kinds of messages it is to happen. */
  readonly atLeast?: number;
  /** Whether it is to last until a change is sent again for it. */
  readonly again?: boolean;
}

/** Connections are cut, at each kind of message that passes, some times each. */
export const cuts: MessageFault = {
  name: 'cut',
  begin: () => {
    const times = new Map<string, number>();
    let last = 0;
    return ({ from, tag, answers, count }) => {
      const kind = `${from} ${tag} ${answers}`;
      const before = times.get(kind) ?? 0;
      // Between two cuts calls must have time to begin, or none would come to where another message passes.
      if (before >= 3 || count < last + 25) return 'pass';
      last = count;
      times.set(kind, before + 1);
      return 'cut';
    };
  },
  atLeast: 8,
};

/** Of three answers to COMMIT two are lost, with their connections: more often than the driver tries again. */
export const lostCommits: MessageFault = {
  name: 'commit',
  begin: () => {
    let commits = 0;
    return ({ from, answers }) =>
      from === 'server' && answers === 'COMMIT' && ++commits % 3 ? 'cut' : 'pass';
  },
  again: true,
};

/** Among what the database answers are messages that say of themselves to be longer than they are. */
export const malformed: MessageFault = {
  name: 'malformed',
  begin: () => {
    let answers = 0;
    return (message) => {
      const counts = message.tag === 'SUCCESS' || message.tag === 'RECORD';
      // Who signs in is another matter: a driver that cannot is told that the password is wrong.
      const signs = message.answers === 'HELLO' || message.answers === 'LOGON';
      if (message.from !== 'server' || !counts || signs || ++answers % 40) return 'pass';
      return Buffer.from([0, 4, 0xb1, tags[message.tag as 'RECORD'], 0xdf, 0xff, 0, 0]);
    };
  },
};

/** Every message of the database is late. */
export const slow: MessageFault = { name: 'slow', begin: () => () => 'pass', delay: 40 };
