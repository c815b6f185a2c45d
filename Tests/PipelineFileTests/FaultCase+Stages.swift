extension FaultCase {
  static let all =
    head + keys + ingest + limits + codeTables + pseudonymise + optOut + filters + link
    + probabilistic + deduplicate + aggregate + measures + hotSpots + cases + times + episodes
    + segments + strata + publish + later

  private static let head = [
    FaultCase("koppel: 1", "koppel: 2", at: "2", "version 2 of the format", hint: "version 1"),
    FaultCase("koppel: 1\n", "", at: "pipeline:", "has no 'koppel'"),
    FaultCase(
      "owner: someone\npurpose: {text: Testing, basis: made-up data}\nsample: true\n",
      "purpose: {text: Testing, basis: made-up data}\n",
      at: "koppel",
      "has no 'owner'"
    ),
    FaultCase("owner: someone", "ownr: someone", at: "ownr", "no key 'ownr'", hint: "'owner'"),
    FaultCase("basis: made-up data", "base: x", at: "base", "no key 'base'", hint: "'basis'"),
    FaultCase(", basis: made-up data", "", at: "purpose", "has no 'basis'"),
    FaultCase("pipeline: small", "pipeline: a b", at: "a b", "a name that cannot be used"),
    FaultCase("sample: true", "sample: yes", at: "yes", "expected true or false"),
    FaultCase("unit: month", "unit: mnth", at: "mnth", "found 'mnth'", hint: "'month'"),
    FaultCase("default: 2026-08", "default: 2026", at: "2026", "expected a month"),
    FaultCase("default: 2026-08", "default: 2026-01..2026-08", at: "2026-01", "range of periods"),
    FaultCase("{file: demo.key}", "{}", at: "region", "neither 'credential' nor 'file'"),
    FaultCase("{file: demo.key}", "{fil: demo.key}", at: "fil:", "no key 'fil'", hint: "'file'"),
    FaultCase(
      "care/{period}.csv",
      "care/{perid}.csv",
      at: "{perid}",
      "'{perid}'",
      hint: "{period}"
    ),
  ]

  private static let ingest = [
    FaultCase("bsn: {type: bsn}", "bsn: {type: bns}", at: "bns}", "found 'bns'", hint: "'bsn'"),
    FaultCase("bsn: {type: bsn}", "bsn: {typ: bsn}", at: "typ:", "no key 'typ'", hint: "'type'"),
    FaultCase("care_type: {type: code}", "care_type: {}", at: "care_type", "has no 'type'"),
    FaultCase("    read: csv\n", "", at: "register:", "has no 'read'"),
    FaultCase("files: register.csv", "files:", at: "files", "found nothing"),
    FaultCase(
      "    columns:\n      bsn: {type: bsn}",
      "    colums:\n      bsn: {type: bsn}",
      at: "colums",
      "no key 'colums'"
    ),
    FaultCase("range: 0..99999999", "range: 9..1", at: "9..1", "a range that is none"),
    FaultCase("BU[0-9]{4}", "BU[0-9{4}", at: "\"BU", "no POSIX extended expression"),
    FaultCase("BU[0-9]{4}", "(B|U)\\\\1", at: "\"(B", "no POSIX extended expression"),
    FaultCase(
      "{type: name}",
      "{type: name, class: plain}",
      at: "plain",
      "direct or higher",
      hint: "never lowered"
    ),
    FaultCase(
      "{type: date}",
      "{type: date, unit: cent}",
      at: "unit: cent}",
      "expected it of money"
    ),
    FaultCase("as: \"wmo:{}\"", "as: \"wmo:\"", at: "\"wmo:", "found no '{}'"),
    FaultCase(
      "from: product",
      "from: prodct",
      at: "prodct",
      "no column 'prodct'",
      hint: "'product'"
    ),
    FaultCase("from: product", "from: budgets", at: "budgets", "no column", hint: "'budget'"),
    FaultCase(
      "    read: iwmo\n",
      "    read: iwmo\n    encoding: utf-16le\n",
      at: "utf-16le",
      "records of iwmo in utf-16le"
    ),
    FaultCase(
      "    read: iwmo\n",
      "    read: iwmo\n    messages: [302]\n",
      at: "302",
      "not built yet"
    ),
    FaultCase(
      "files: register.csv\n",
      "files: register.csv\n    dialect: {delimiter: a}\n",
      at: "a}\n    columns",
      "a delimiter that is none"
    ),
    FaultCase(
      "files: register.csv\n",
      "files: register.csv\n    dialect: {thousands: \".\"}\n",
      at: "\".\"}",
      "one mark for thousands and decimals",
      hint: "decimal"
    ),
    FaultCase(
      "files: register.csv\n",
      "files: register.csv\n    dialect: {top: 101}\n",
      at: "101",
      "at most 100"
    ),
    FaultCase(
      "files: register.csv\n",
      "files: register.csv\n    footer: \"(\"\n",
      at: "\"(\"",
      "no POSIX extended expression"
    ),
    FaultCase(
      "files: register.csv\n",
      "files: register.csv\n    trailer: {when: \"^T\"}\n",
      at: "trailer",
      "no field is named",
      hint: "footer"
    ),
    FaultCase("    read: iwmo\n", "    read: iwmo\n    footer: ^T\n", at: "footer", "reads iwmo"),
    FaultCase("{type: name}", "{type: name, at: 0}", at: "0}", "no field number"),
    FaultCase(
      "{type: name}",
      "{type: name, from: x, at: 3}",
      at: "from: x",
      "found 'from' beside 'at'"
    ),
    FaultCase(
      "files: register.csv\n",
      "files: register.csv\n    rejects: {warn_above: 2}\n",
      at: "2}",
      "expected a percentage"
    ),
    FaultCase("M: male", "M: [male]", at: "[male]", "found a list"),
    FaultCase(
      "date: {type: date}",
      "where: {type: date}\n      date: {type: date}",
      at: "where",
      "a word of the expression language"
    ),
  ]

  private static let pseudonymise = [
    FaultCase(
      "key: region\n  release",
      "key: regio\n  release",
      at: "regio\n",
      "no key 'regio'",
      hint: "'region'"
    ),
    FaultCase("\"{pipeline}/{period}\"", "\"x/{period}\"", at: "\"x/", "does not name {pipeline}"),
    FaultCase(
      "bsn: {token: person}",
      "bsm: {token: person}",
      at: "bsm",
      "no source has a column 'bsm'",
      hint: "'bsn'"
    ),
    FaultCase(
      "surname: {token: surname}",
      "surname: keep",
      at: "keep\n",
      "identifies a person by itself"
    ),
    FaultCase("keep: pc4", "keep: pc5", at: "pc5", "found 'pc5'", hint: "'pc4'"),
    FaultCase("{token: postcode, keep: pc4}", "keep", at: "keep\n    sex", "kept whole"),
    FaultCase(
      "{token: birth-date, keep: year}",
      "{keep: value}",
      at: "value}\n    postcode",
      "kept whole",
      hint: "keep: year"
    ),
    FaultCase("keep: year", "keep: pc4", at: "pc4", "of a postcode"),
    FaultCase("{token: person}", "{token: persn}", at: "persn", "'persn'", hint: "'person'"),
    FaultCase("{token: person}", "{token: surname}", at: "surname}", "expected it of name"),
    FaultCase("sex: keep", "sex: kep", at: "kep\n", "found 'kep'", hint: "'keep'"),
    FaultCase("sex: keep", "sex: {}", at: "sex: {}", "none of 'token', 'bloom' and"),
  ]

  private static let link = [
    FaultCase(
      "spine: register",
      "spine: registr",
      at: "registr\n",
      "no source 'registr'",
      hint: "'register'"
    ),
    FaultCase("on: [bsn]", "on: [bsm]", at: "bsm", "no column 'bsm'", hint: "'bsn'"),
    FaultCase("on: [bsn]", "on: [area]", at: "area]", "no source but the spine"),
    FaultCase("    surname: {token: surname}\n", "", at: "surname, birth", "'pseudonymise' drops"),
    FaultCase(
      "birth_date and sex differ",
      "birth_date or sex differ",
      at: "birth_date or",
      "cannot be read"
    ),
    FaultCase(
      "birth_date and sex differ",
      "birth_dat and sex differ",
      at: "birth_dat and",
      "'birth_dat'",
      hint: "'birth_date'"
    ),
    FaultCase(
      "support: one-to-one",
      "suport: one-to-one",
      at: "suport",
      "no source 'suport'",
      hint: "'support'"
    ),
    FaultCase("warn_above: 2 %", "warn_above: 7 %", at: "7 %", "above 'fail_above'"),
    FaultCase("  exact:\n", "  exct:\n", at: "exct", "no key 'exct'", hint: "'exact'"),
  ]

  private static let aggregate = [
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

  private static let publish = [
    FaultCase(
      "tables: [use, contacts]",
      "tables: [us, contacts]",
      at: "us, c",
      "no table 'us'",
      hint: "'use'"
    ),
    FaultCase("tables: [use, contacts]", "tables: [use, use]", at: "use]", "twice"),
    FaultCase("tables: [use, contacts]", "tables: []", at: "[]", "found an empty list"),
  ]

  /// What later versions bring is refused by name.
  private static let later = [
    FaultCase("sample: true", "language: nl", at: "language", "'language' is not built yet"),
    FaultCase(
      "tables: [use, contacts]",
      "tables: [use, contacts]\n  retain: {a: b}",
      at: "retain",
      "'publish.retain' is not built yet"
    ),
    FaultCase(
      "tables: [use, contacts]",
      "tables: [use, contacts]\n  with: [report]",
      at: "report",
      "'report' is not built yet"
    ),
  ]
}
