import {
  isLeafType,
  Kind,
  type DocumentNode,
  type OperationDefinitionNode,
  type TypeNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { quote } from '../../../errors';
import type { Account } from '../../account';
import { fragmentsOf } from '../document/fragments';
import type { Rate } from '../rate';
import { refusal, tooMuch } from '../refusal';
import type { Limits } from '../table';
import type { Given } from './arguments';
import { costOf, type Cost } from './cost';
import type { FanOuts } from './fan-out';
import { checkLists } from './lists';

/** What an operation costs by the values that decide on it. */
interface Weighed {
  /** Variables that decide on it: a text or an amount that something is compared with does not, a page size does. */
  readonly deciding: readonly string[];
  readonly costs: LRUCache<string, Cost>;
}

/** Weighs operations before they are executed. */
export class Scale {
  readonly #weighed = new WeakMap<OperationDefinitionNode, Weighed>();

  constructor(
    readonly knowledge: FanOuts,
    readonly limits: Limits,
    readonly rate: Rate,
  ) {}

  /**
   * Writes the cost on the account, and takes it from what the caller has left.
   * @throws Fault `COST_EXCEEDED`, `LIMIT_EXCEEDED` or `RATE_LIMITED`
   */
  weigh(
    operation: OperationDefinitionNode,
    document: DocumentNode,
    variables: Given,
    account: Account | undefined,
  ): void {
    const { limits } = this;
    checkLists(operation, variables, limits);
    const { total, parts, widest, dearest } = this.#costOf(operation, document, variables);
    if (account) Object.assign(account, { operation: operation.name?.value, cost: total });
    if (total > limits.maxCost)
      throw refusal(
        'COST_EXCEEDED',
        400,
        `The operation costs ${total}, where ${limits.maxCost} is the most; the dearest field is ${quote(dearest.path)} with ${dearest.cost}.`,
        { cost: total, limit: limits.maxCost, dearest },
      );
    if (parts > limits.maxParts)
      throw tooMuch(
        `Subqueries of the operation, most of them for ${quote(widest.path)}`,
        parts,
        limits.maxParts,
      );
    if (!account?.caller.limited || account.paid) return;
    // One was counted when the request came.
    this.rate.spend(account.caller.id, Math.max(0, total - 1));
    account.paid = true;
  }

  #costOf(operation: OperationDefinitionNode, document: DocumentNode, variables: Given): Cost {
    const weighed = this.#of(operation);
    const { knowledge, limits } = this;
    // Told by name: one that is left out has its default, which a null has not.
    const values = JSON.stringify([
      knowledge.prices,
      Object.fromEntries(
        weighed.deciding.flatMap((name) =>
          Object.hasOwn(variables, name) ? [[name, variables[name]]] : [],
        ),
      ),
    ]);
    const known = weighed.costs.get(values);
    if (known) return known;
    const cost = costOf(knowledge, operation, fragmentsOf(document), variables, limits);
    if (values.length < 1_000) weighed.costs.set(values, cost);
    return cost;
  }

  #of(operation: OperationDefinitionNode): Weighed {
    const known = this.#weighed.get(operation);
    if (known) return known;
    const deciding = (operation.variableDefinitions ?? [])
      .filter(({ type }) => this.#decides(type))
      .map(({ variable }) => variable.name.value);
    const weighed = { deciding, costs: new LRUCache<string, Cost>({ max: 50 }) };
    this.#weighed.set(operation, weighed);
    return weighed;
  }

  #decides(type: TypeNode): boolean {
    if (type.kind === Kind.NON_NULL_TYPE) return this.#decides(type.type);
    if (type.kind === Kind.LIST_TYPE) return true;
    const { value: name } = type.name;
    return name === 'Int' || name === 'Boolean' || !isLeafType(this.knowledge.schema.getType(name));
  }
}
