-- The part of a country whose public holidays are suggested besides the country's own, like DE-BY.
alter table clinic add column holiday_region text;
