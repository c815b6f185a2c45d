/// Mistakes in what a table measures.
extension FaultCase {
  static let measures = [
    FaultCase(
      "sum care.amount",
      "count where care.amount > 5",
      at: "care.amount > 5",
      "many rows",
      hint: "care.sum(amount)"
    ),
    FaultCase(
      "sum care.amount",
      "median age_band",
      at: "age_band\n    contacts",
      "expected a number"
    ),
    FaultCase("sum care.amount", "persons of care", at: "persons of", "without 'in'"),
    FaultCase("sum care.amount", "persons in cre", at: "cre\n", "no source 'cre'", hint: "'care'"),
    FaultCase("sum care.amount", "distinct care_type", at: "distinct", "a column of rows"),
    FaultCase("sum care.amount", "distinct cre.care_type", at: "cre.", "no source 'cre'"),
    FaultCase(
      "sum care.amount",
      "distinct care.amount",
      at: "amount\n    contacts",
      "found an amount of money"
    ),
    FaultCase(
      "sum care.amount",
      "distinct care.care_typ",
      at: "care_typ\n",
      "'care_typ'",
      hint: "'care_type'"
    ),
    FaultCase(
      "costs: sum amount",
      "costs: mean amount",
      at: "mean",
      "a measure of persons in a table of rows"
    ),
    FaultCase(
      "sum care.amount",
      "in_care per 1000 residnts",
      at: "residnts",
      "no measure 'residnts'",
      hint: "'residents'"
    ),
    FaultCase("sum care.amount", "in_care per 0 residents", at: "0 res", "out of range"),
    FaultCase("sum care.amount", "in_care per 1000", at: "in_care per", "no quotient"),
    FaultCase("sum care.amount", "sum age per residents", at: "sum age", "no quotient"),
    FaultCase("sum care.amount", "in_care per costs", at: "costs\n", "expected a count or a sum"),
    FaultCase(
      "costs: sum care.amount",
      "old: mean age\n        costs: old per residents",
      at: "old per",
      "expected a count or a sum"
    ),
    FaultCase(
      "costs: sum care.amount",
      "rate: costs per 1000 residents, standardised by age_band\n        costs: sum care.amount",
      at: "costs per",
      "a sum of whole numbers"
    ),
    FaultCase(
      "costs: sum care.amount",
      "rate: residents per 1000 in_care, standardised by age_band",
      at: "in_care, stand",
      "expected one per persons"
    ),
    FaultCase(
      "sum care.amount",
      "in_care per 1000 residents, standardised by age_bnd",
      at: "age_bnd",
      "no column 'age_bnd'",
      hint: "'age_band'"
    ),
    FaultCase(
      "sum care.amount",
      "in_care per 1000 residents, standardised by",
      at: "by\n",
      "among the strata"
    ),
    FaultCase(
      "sum care.amount",
      "in_care per 1000 residents, standardised by age_band to",
      at: "to\n",
      "among the strata"
    ),
    FaultCase(
      "sum care.amount",
      "in_care, expected by age_band to codes/standard.csv",
      at: "to codes",
      "among the strata"
    ),
    FaultCase(
      "sum care.amount",
      "in_care per 1000 residents, by age_band",
      at: ", by",
      "standardised by"
    ),
    FaultCase("sum care.amount", "in_cre, expected by age_band", at: "in_cre", "'in_cre'"),
    FaultCase(
      "sum care.amount",
      "in_care, expected by age_band and age_band",
      at: "age_band\n",
      "twice"
    ),
    FaultCase(
      "costs: sum amount",
      "costs: \"rows, expected by age_band\"",
      at: "expected",
      "in a table of rows"
    ),
    FaultCase(
      "measure:\n        residents: count",
      "lenses: {health: {in_cre: lower}}\n      measure:\n        residents: count",
      at: "in_cre: lower",
      "no measure 'in_cre'",
      hint: "'in_care'"
    ),
    FaultCase(
      "measure:\n        residents: count",
      "value: {outcome: mean age, cost: mean age}\n      measure:\n        residents: count",
      at: "measure:\n        residents",
      "beside 'value'"
    ),
  ]
}
