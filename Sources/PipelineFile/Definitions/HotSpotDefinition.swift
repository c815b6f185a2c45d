/// The keys of hot spots.
enum HotSpotDefinition {
  static let search = MappingDefinition(
    "hot spots",
    path: "aggregate.tables.table.hot_spots",
    [
      KeyDefinition(
        "of",
        .text(.plain),
        .required,
        "Who is counted: a 'count where …' of this table's 'measure', or of another table."
      ),
      KeyDefinition(
        "expected",
        .list(.text(.plain), least: 1),
        .required,
        "Person columns: each area is expected to count as all residents with the same values do."
      ),
      KeyDefinition("by", .text(.plain), .required, "The person column of the area."),
      KeyDefinition(
        "find",
        .list(
          .word([
            AllowedWord("smr", "Each area by itself: counted ÷ expected, tested by Poisson."),
            AllowedWord("scan", "Zones of areas near each other, by the spatial scan statistic."),
            AllowedWord("gi", "Areas that are high with their neighbours, by Gi*."),
          ]),
          least: 1
        ),
        .optional,
        "How they are looked for; all three with 'near', smr without."
      ),
      KeyDefinition(
        "near",
        AreaFileDefinition.kind,
        .optional,
        "Which areas lie near each other: a CSV of areas with x and y, or of pairs of neighbours."
      ),
      KeyDefinition(
        "runs",
        .integer(99...99_999),
        .optional,
        "How often chance deals the cases, for scan; 999 unless given."
      ),
      KeyDefinition(
        "seed",
        .integer(0...Int64.max),
        .optional,
        "Of that chance; 1 unless given."
      ),
      KeyDefinition(
        "at_most",
        .share,
        .optional,
        "The share of all that is expected that a zone may have; 50 % unless given."
      ),
      KeyDefinition(
        "false",
        .share,
        .optional,
        "Of the areas told to be high, how many may be so by chance; 5 % unless given."
      ),
    ]
  )
}
