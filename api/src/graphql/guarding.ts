import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { letThrough } from '../access/let-through.ts';
import { MUTATION, QUERY } from '../access/permissions.ts';
import type { RuleName } from '../access/rules.ts';
import type { Context } from '../context.ts';
import { AccessRefusal } from '../platform/refusal.ts';

/** Lets no field of Query or Mutation resolve before the list of permissions has let the viewer through. */
export function guarding(schema: GraphQLSchema): GraphQLSchema {
  guard(schema.getQueryType()?.getFields() ?? {}, QUERY);
  guard(schema.getMutationType()?.getFields() ?? {}, MUTATION);
  for (const type of Object.values(schema.getTypeMap()))
    if (isObjectType(type) && type.name.endsWith('Success')) tellOfUnread(type.getFields());
  return schema;
}

/** A token that may write and not read records a thing that it then may not see: said plainly, and not as a fault. */
function tellOfUnread(fields: Record<string, Guarded>): void {
  for (const field of Object.values(fields)) {
    const { resolve } = field;
    if (resolve === undefined) continue;
    field.resolve = async (source, args, context, info) => {
      const { viewer } = context;
      const reads = viewer.kind === 'anonymous' || viewer.scopes.has('read');
      try {
        const value = await resolve(source, args, context, info);
        if (value != null || reads) return value;
      } catch (error) {
        if (reads) throw error;
      }
      throw new AccessRefusal('FORBIDDEN', 'It is recorded. To read it, the token needs the scope read.');
    };
  }
}

interface Guarded {
  resolve?: GraphQLFieldResolver<unknown, Context>;
}

function guard(fields: Record<string, Guarded>, list: Readonly<Record<string, RuleName>>): void {
  for (const [name, field] of Object.entries(fields)) {
    const { resolve } = field;
    // A field that is not in the list is for nobody, until somebody says for whom.
    const rule = Object.hasOwn(list, name) ? list[name] : undefined;
    field.resolve = (source, args, context, info) => {
      if (rule === undefined) throw new AccessRefusal('FORBIDDEN', `Nobody may use ${name} yet.`);
      letThrough(context.viewer, rule);
      return resolve?.(source, args, context, info);
    };
  }
}
