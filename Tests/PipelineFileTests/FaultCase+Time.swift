/// Mistakes in whom and what counts, and when.
extension FaultCase {
  static let times = [
    FaultCase(
      "persons:\n",
      "population: {on: someday}\n  persons:\n",
      at: "someday",
      "found no day in 'on'",
      hint: "{period.end}"
    ),
    FaultCase(
      "persons:\n",
      "population: {on: 2026-08-31, resident: [area]}\n  persons:\n",
      at: "[area]",
      "expected"
    ),
    FaultCase(
      "persons:\n",
      "time: {cre: date}\n  persons:\n",
      at: "cre",
      "there is no source 'cre'",
      hint: "'care'"
    ),
    FaultCase(
      "persons:\n",
      "time: {register: date}\n  persons:\n",
      at: "register: date",
      "found the spine 'register'"
    ),
    FaultCase(
      "persons:\n",
      "time: {care: dat}\n  persons:\n",
      at: "dat}",
      "has no column 'dat'",
      hint: "'date'"
    ),
    FaultCase(
      "persons:\n",
      "time: {care: amount}\n  persons:\n",
      at: "amount}",
      "found an amount of money in 'amount', expected a date"
    ),
    FaultCase(
      "persons:\n",
      "time: {care: [date, date, amount]}\n  persons:\n",
      at: "amount]",
      "found more than 2 columns"
    ),
    FaultCase(
      "persons:\n",
      "covers: {care: area}\n  persons:\n",
      at: "area}",
      "found a text, expected a condition on persons"
    ),
    FaultCase(
      "persons:\n",
      "covers: {care: support.count > 0}\n  persons:\n",
      at: "support.count >",
      "found a condition that looks at rows"
    ),
    FaultCase(
      "care.count > 0 or recent",
      "care.count over last 12 months > 0",
      at: "over last",
      "found a window over 'care', of whose rows nothing tells when they are",
      hint: "time: {care:"
    ),
    FaultCase(
      "care.count > 0 or recent",
      "care.count over lst 12 months > 0",
      at: "lst",
      "found 'lst', expected 'last' or 'next'"
    ),
    FaultCase(
      "care.count > 0 or recent",
      "care.count over next 121 months > 0",
      at: "121",
      "expected a number of months, 1 to 120"
    ),
    FaultCase(
      "care.count > 0 or recent",
      "care.count over next 2 years > 0",
      at: "years >",
      "found 'years', expected 'months'"
    ),
    FaultCase(
      "care.count > 0 or recent",
      "care.count over last 2 months where amount > 5",
      at: "where amount",
      "found 'where' after a window",
      hint: "before 'over'"
    ),
    FaultCase(
      "care.count > 0 or recent",
      "age over last 2 months > 5",
      at: "over last",
      "found 'over'",
      hint: "a window follows rows"
    ),
    FaultCase(
      "costs: sum care.amount",
      "years: person-year",
      at: "person-year",
      "found more or less than the measure 'person-years'"
    ),
    FaultCase(
      "n: rows",
      "n: person-years",
      at: "person-years",
      "a measure of persons in a table of rows"
    ),
  ]
}
