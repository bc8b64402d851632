/** The JSON Schema of an instance. */
import { LIMITS, ROUNDINGS } from './instance.ts';
import {
  AMOUNT,
  COORDINATE,
  COST,
  COUNT,
  CUSTOMER_NUMBER,
  DEMAND,
  TIME,
  TYPE_KEYS,
  type NumberRule,
} from './rules.ts';

const schemaNumber = (rule: NumberRule, description: string) => ({
  type: rule.integer ? 'integer' : 'number',
  minimum: rule.min,
  maximum: rule.max,
  description,
});

const schemaMatrix = (description: string) => ({
  type: 'array',
  maxItems: LIMITS.matrixNodes,
  items: { type: 'array', items: { type: 'number', minimum: 0, maximum: LIMITS.cost } },
  description,
});

const schemaRows = (description: string) => ({
  type: 'array',
  maxItems: LIMITS.pastDays,
  items: { type: 'array', items: { type: 'number' } },
  description,
});

const schemaDepot = {
  type: 'object',
  required: ['x', 'y'],
  additionalProperties: false,
  properties: {
    x: schemaNumber(COORDINATE, 'Position.'),
    y: schemaNumber(COORDINATE, 'Position.'),
    ready: schemaNumber(TIME, 'Vehicles leave no earlier.'),
    due: schemaNumber(TIME, 'Vehicles are back by then.'),
  },
};

/** JSON Schema (draft 7), for completion and markers in the editor. */
export const jsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  required: ['depot', 'customers'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', maxLength: LIMITS.nameLength },
    capacity: schemaNumber({ ...DEMAND, min: 1 }, 'Units one vehicle carries.'),
    vehicles: schemaNumber(
      { min: 1, max: LIMITS.vehicles, integer: true },
      'At most so many routes; free when left out.',
    ),
    rounding: {
      enum: ROUNDINGS,
      description:
        'Of distances: to the nearest integer, none, or truncated to one decimal (DIMACS).',
    },
    maxDuration: schemaNumber(
      TIME,
      'Most driving and service time of a route; free when left out.',
    ),
    open: { type: 'boolean', description: 'Routes end at their last customer.' },
    fixedCost: schemaNumber(COST, 'Cost of every vehicle used; not with a fleet.'),
    geographic: {
      type: 'boolean',
      description: 'x and y are degrees of longitude and latitude; distances in km.',
    },
    matrix: {
      type: 'object',
      required: ['distances'],
      additionalProperties: false,
      properties: {
        distances: schemaMatrix('Distances from row to column: depot, customers, further depots.'),
        durations: schemaMatrix('Driving times, when they are not the distances.'),
      },
    },
    locked: {
      type: 'array',
      maxItems: LIMITS.customers,
      items: {
        type: 'object',
        required: ['customers'],
        additionalProperties: false,
        properties: {
          customers: {
            type: 'array',
            minItems: 1,
            items: schemaNumber(CUSTOMER_NUMBER, 'A stop.'),
          },
          type: schemaNumber(TYPE_KEYS.depot, 'Its vehicle type, from 0.'),
        },
      },
      description: 'Routes that every plan has, as they are.',
    },
    inventory: {
      type: 'object',
      required: ['days'],
      additionalProperties: false,
      properties: {
        days: schemaNumber({ min: 1, max: LIMITS.days, integer: true }, 'Days to plan.'),
        shortage: schemaNumber(
          COST,
          'Cost of a unit that is wanted and not there; none may lack when left out.',
        ),
        history: {
          type: 'object',
          required: ['features', 'uses', 'coming'],
          additionalProperties: false,
          properties: {
            features: schemaRows('Features of each past day.'),
            uses: schemaRows('Use on each past day, customer by customer.'),
            coming: schemaRows('Features of each day to plan.'),
          },
        },
      },
    },
    depot: schemaDepot,
    depots: { type: 'array', maxItems: LIMITS.depots, items: schemaDepot },
    fleet: {
      type: 'array',
      maxItems: LIMITS.types,
      items: {
        type: 'object',
        required: ['capacity'],
        additionalProperties: false,
        properties: {
          capacity: schemaNumber({ ...DEMAND, min: 1 }, 'Units it carries.'),
          count: schemaNumber(COUNT, 'At most so many; free when left out.'),
          fixed: schemaNumber(COST, 'Cost of using one.'),
          perDistance: schemaNumber(COST, 'Cost per unit of distance; 1 when left out.'),
          depot: schemaNumber(TYPE_KEYS.depot, '0 the depot, 1 … the further depots.'),
        },
      },
    },
    customers: {
      type: 'array',
      minItems: 1,
      maxItems: LIMITS.customers,
      items: {
        type: 'object',
        required: ['x', 'y', 'demand'],
        additionalProperties: false,
        properties: {
          x: schemaNumber(COORDINATE, 'Position.'),
          y: schemaNumber(COORDINATE, 'Position.'),
          demand: schemaNumber(DEMAND, 'Whole units of capacity.'),
          ready: schemaNumber(TIME, 'Service starts no earlier.'),
          due: schemaNumber(TIME, 'Service starts no later.'),
          service: schemaNumber(TIME, 'Time spent at the customer.'),
          prize: schemaNumber(COST, 'May be left out for the loss of this.'),
          backhaul: { type: 'boolean', description: 'Picked up, after all deliveries.' },
          deliverTo: schemaNumber(
            CUSTOMER_NUMBER,
            'Picked up here and delivered to this customer on the same route.',
          ),
          stock: {
            type: 'object',
            required: ['start', 'most', 'holding', 'use'],
            additionalProperties: false,
            properties: {
              start: schemaNumber(AMOUNT, 'In store before the first day.'),
              most: schemaNumber(AMOUNT, 'Most in store.'),
              holding: schemaNumber(COST, 'Cost of a unit in store at the end of a day.'),
              use: {
                type: 'array',
                maxItems: LIMITS.days,
                items: schemaNumber(AMOUNT, 'Use on a day.'),
              },
            },
          },
          known: schemaNumber(TIME, 'The request becomes known then; in advance when left out.'),
        },
      },
    },
  },
} as const;
