extension FaultCase {
  /// Faults in what is counted.
  static let aggregate = [
    FaultCase(
      "band(age, 0, 18, 65)",
      "band(ag, 0, 18, 65)",
      at: "ag,",
      "no column 'ag'",
      hint: "'age'"
    ),
    FaultCase("band(age, 0, 18, 65)", "band(age, 0, 65, 18)", at: "18)", "do not rise"),
    FaultCase("band(age, 0, 18, 65)", "bnd(age, 0, 18, 65)", at: "bnd", "'bnd'", hint: "'band'"),
    FaultCase(
      "from birth_date_year",
      "from birth_date",
      at: "birth_date to",
      "a token",
      hint: "birth_date_year"
    ),
    FaultCase("{period.end}", "{period.end} + 1 year", at: "year\n", "found 'year'"),
    FaultCase("care.max(date) >", "care.max(dat) >", at: "dat)", "no column 'dat'", hint: "'date'"),
    FaultCase("care.max(date) >", "cre.max(date) >", at: "cre", "no source 'cre'", hint: "'care'"),
    FaultCase("care.max(date) >", "care.sum(date) >", at: "date) >", "expected numbers or money"),
    FaultCase("care.max(date) >", "care.max(amount) >", at: "care.max", "types do not fit"),
    FaultCase(
      "{period.start} and postcode_pc4 != 9999",
      "{period.start} and bsn = 5",
      at: "bsn = 5",
      "a token"
    ),
    FaultCase(
      "{period.start} and postcode_pc4 != 9999",
      "{period.start} and sex = mael",
      at: "mael",
      "never 'mael'",
      hint: "'male'"
    ),
    FaultCase(
      "care.count > 0 or recent",
      "care.count > 0 or recnt",
      at: "recnt",
      "'recnt'",
      hint: "'recent'"
    ),
    FaultCase(
      "care.count > 0 or recent",
      "care.amount > 0 or recent",
      at: "care.amount > 0",
      "many rows"
    ),
    FaultCase(
      "care.count > 0 or recent",
      "(care.count where care_typ = ggz) > 0",
      at: "care_typ =",
      "'care_typ'",
      hint: "'care_type'"
    ),
    FaultCase("care.count > 0 or recent", "care.count", at: "care.count\n", "expected a condition"),
    FaultCase("care.count > 0 or recent", "care.count == 0", at: "== 0", "'=='", hint: "'='"),
    FaultCase(
      "sum care.amount",
      "sum care.date",
      at: "date\n    contacts",
      "expected numbers or money"
    ),
    FaultCase(
      "residents: count",
      "residents: cuont",
      at: "cuont",
      "found no measure",
      hint: "'count'"
    ),
    FaultCase("residents: count", "residents: rows", at: "rows\n", "in a table of persons"),
    FaultCase("residents: count", "area: count", at: "area: count", "a dimension too"),
    FaultCase(
      "by: [area, age_band]",
      "by: [area, age_bnd]",
      at: "age_bnd",
      "'age_bnd'",
      hint: "'age_band'"
    ),
    FaultCase(
      "by: [area, age_band]",
      "by: [area, age_band, surname]",
      at: "surname]",
      "never show tokens"
    ),
    FaultCase("totals: [area]", "totals: [are]", at: "are]", "no dimension", hint: "'area'"),
    FaultCase(
      "rows: [care, support]",
      "rows: [cre, support]",
      at: "cre,",
      "no source 'cre'",
      hint: "'care'"
    ),
    FaultCase("rows: [care, support]", "rows: [register, support]", at: "register, s", "the spine"),
    FaultCase(
      "by: [area, care_type]",
      "by: [area, date]",
      at: "date]",
      "source 'support' has no column"
    ),
    FaultCase("n: rows", "n: count where x = 1", at: "where x", "in a table of rows"),
    FaultCase("costs: sum amount}", "costs: sum date}", at: "date}\n  protect", "'date'"),
    FaultCase("minimum: 10", "minimum: 1", at: "1, method", "expected at least 2"),
    FaultCase(
      "  protect: {minimum: 10, method: hide}\n",
      "",
      at: "aggregate",
      "no 'protect'",
      hint: "minimum: 10"
    ),
    FaultCase("method: hide", "method: hid", at: "hid}", "found 'hid'", hint: "'hide'"),
    FaultCase("method: hide", "method: hide, base: 5", at: "base", "with method hide"),
    FaultCase("method: hide", "method: cell-key, base: 5", at: "base", "with method cell-key"),
    FaultCase("method: hide", "method: round, noise: {gap: 1}", at: "noise", "with cell-key only"),
    FaultCase(
      "method: hide",
      "method: cell-key, noise: {of_largest: 80 %}",
      at: "80 %",
      "outside 1 % to 50 %"
    ),
    FaultCase("method: hide", "method: cell-key, noise: {at_most: 21}", at: "21", "at most 20"),
    FaultCase(
      "method: hide",
      "method: hide, dominance: {p: 10 %}",
      at: "dominance",
      "with method hide, expected it with suppress only"
    ),
    FaultCase(
      "method: hide",
      "method: suppress, dominance: {p: 10 %, of: [person, provider]}",
      at: "[person, provider]",
      "no source keeps a column 'provider'",
      hint: "write provider: keep in pseudonymise"
    ),
    FaultCase(
      "method: hide",
      "method: suppress, dominance: {p: 10 %, of: [insurer]}",
      at: "insurer",
      "found 'insurer', expected person or provider"
    ),
    FaultCase(
      "method: hide",
      "method: suppress, dominance: {n: 2}",
      at: "{n: 2}",
      "'n' without a 'k'"
    ),
    FaultCase(
      "method: hide",
      "method: suppress, dominance: {p: 10 %, k: 85 %}",
      at: "k: 85",
      "expected one rule"
    ),
    FaultCase(
      "method: hide",
      "method: suppress, dominance: {p: {credential: x}, n: 2}",
      at: "n: 2",
      "expected one rule"
    ),
    FaultCase(
      "method: hide",
      "method: suppress, keep: [municipality]",
      at: "municipality]",
      "expected a level of areas that a table is cut by"
    ),
    FaultCase(
      "method: hide",
      "method: suppress, open: {nobody: \"everyone knows\"}",
      at: "nobody",
      "which no table measures"
    ),
    FaultCase(
      "method: hide",
      "method: cell-key, group: 90 %",
      at: "group",
      "with method cell-key, expected it with suppress and hide only"
    ),
    FaultCase(
      "method: hide",
      "method: cell-key, zeros: hide",
      at: "hide}",
      "zeros: hide with method cell-key",
      hint: "zeros: show"
    ),
    FaultCase(
      "method: hide",
      "method: suppress, group: 100 %",
      at: "100 %",
      "not between 0 % and 100 %",
      hint: "group: 90 %"
    ),
    FaultCase(
      "method: hide",
      "method: round, across: releases",
      at: "across",
      "with method round, expected it with suppress and cell-key only",
      hint: "write method: suppress or cell-key"
    ),
    FaultCase(
      "method: hide",
      "method: suppress, across: nights",
      at: "nights",
      "expected releases"
    ),
    FaultCase("age: years", "recent: true\n    age: years", at: "recent: care", "twice"),
    FaultCase(
      "age: years",
      "sex: true\n    age: years",
      at: "sex: true",
      "persons have a column of that name"
    ),
    FaultCase(
      "age: years",
      "old: age > 65\n    age: years",
      at: "age > 65",
      "derived further down"
    ),
  ]
}
