import { newToken, roles, type Role } from '../http/token';
import { didYouMean } from '../support/did-you-mean';
import { UsageFault, type Given, type Usage } from './arguments';

export const tokenUsage: Usage = {
  form: 'token <name>',
  meaning: 'Makes a token for somebody, and the entry by which a server knows its hash.',
  words: [1, 1],
  options: { role: { value: 'role', meaning: `${roles.join(' or ')}; curator unless told.` } },
};

export async function runToken({ words, options }: Given): Promise<number> {
  const [name = ''] = words;
  const role = (options.role ?? 'curator') as Role;
  if (!roles.includes(role))
    throw new UsageFault(`"${role}" is no role.${didYouMean(role, roles)}`);
  if (!/^[\w.@-]{1,60}$/.test(name))
    throw new UsageFault(
      `"${name}" will not do for a name: 1 to 60 letters, digits, dots, @, - and _.`,
    );
  const { token, entry } = newToken(name, [role]);
  process.stdout.write(
    `For ${name}, shown this once and kept nowhere:\n  ${token}\nFor the server, with commas between several:\n  YUNTU_TOKENS=${entry}\n`,
  );
  return 0;
}
