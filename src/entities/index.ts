import { Acquisition } from './acquisition/acquisition';
import { Citation } from './citation/citation';
import { Entity } from './common/entity';
import { Fact } from './common/fact';
import { Node } from './common/node';
import { Company } from './company/company';
import { Exchange } from './exchange/exchange';
import { FundingRound } from './funding-round/funding-round';
import { Indicator } from './indicator/indicator';
import { InvestmentFirm } from './investment-firm/investment-firm';
import { Investor } from './investor/investor';
import { Listing } from './listing/listing';
import { Model } from './model/model';
import { Observation } from './observation/observation';
import { Person } from './person/person';
import { Place } from './place/place';
import { PriceQuote } from './price-quote/price-quote';
import { Product } from './product/product';
import { Ranking } from './ranking/ranking';
import { RankingEdition } from './ranking/ranking-edition';
import { RankingEntry } from './ranking/ranking-entry';
import { Sector } from './sector/sector';
import { Source } from './source/source';
import { Statement } from './statement/statement';
import { Trend } from './trend/trend';

/** Interfaces from the general to the particular: each stands after those that it builds on. */
export const interfaces = [Node, Entity, Fact, Investor] as const;

/** The register: every noun of the graph. A new noun is one file and one line here. */
export const nouns = [
  Company,
  Model,
  Product,
  FundingRound,
  Sector,
  Trend,
  Listing,
  InvestmentFirm,
  Person,
  Acquisition,
  PriceQuote,
  Indicator,
  Observation,
  Statement,
  Ranking,
  RankingEdition,
  RankingEntry,
  Place,
  Exchange,
  Source,
  Citation,
] as const;
