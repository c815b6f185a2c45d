/// The keys of the pseudonymise stage.
enum PseudonymiseDefinition {
  static let stage = MappingDefinition(
    "pseudonymise",
    path: "pseudonymise",
    [
      KeyDefinition("key", .text(.plain), .required, "A name of 'keys'."),
      KeyDefinition(
        "release",
        .text(.plain),
        .requiredUnlessHandedOver,
        "The scope of the pseudonyms: those of two releases cannot be joined. Names {pipeline}."
      ),
      KeyDefinition(
        "source_release",
        .text(.plain),
        .optional,
        "The scope of the first level, which supplier and region share; {pipeline} unless given."
      ),
      KeyDefinition(
        "columns",
        .named(
          .identifier,
          .either(
            .word([
              AllowedWord("keep", "It stays as it is."), AllowedWord("drop", "It is dropped."),
            ]),
            .mapping(policy)
          ),
          noun: "column"
        ),
        .required,
        "What becomes of each column; what is not named is dropped."
      ),
      KeyDefinition(
        "opt_out",
        .mapping(optOut),
        .optional,
        "Persons who object (bezwaar): their rows are skipped before anything is staged."
      ),
      KeyDefinition(
        "clk",
        .mapping(recordFilters),
        .optional,
        "Filters of whole records, for a partner with clkhash; with fakes among them."
      ),
      KeyDefinition(
        "level",
        .word([
          AllowedWord(
            "region",
            "Both levels, or the second over what suppliers made; the default."
          ),
          AllowedWord("source", "The first level alone, at a supplier; see 'hand_over'."),
        ]),
        .optional,
        "Which level of the pseudonyms this pipeline ends with."
      ),
      KeyDefinition(
        "hand_over",
        .text(.path),
        .optional,
        "For level source: the folder of the packages for the region, replaced as a whole."
      ),
      KeyDefinition(
        "minimum_persons",
        .integer(2...1_000_000),
        .optional,
        "A source of fewer persons is refused, so that no run tells the token of one; 100 unless "
          + "given. Not of made-up data."
      ),
    ]
  )

  private static let optOut = MappingDefinition(
    "opt_out",
    path: "pseudonymise.opt_out",
    [
      KeyDefinition(
        "files",
        .text(.glob),
        .required,
        "A pattern of CSV files, with a header; other columns are not read."
      ),
      KeyDefinition(
        "column",
        .text(.name(.identifier)),
        .required,
        "The column that tells who objects, in the list as in the sources; one with a token."
      ),
      KeyDefinition("dialect", .mapping(IngestDefinition.dialect), .optional, "As of a source."),
    ]
  )

  private static let recordFilters = MappingDefinition(
    "clk",
    path: "pseudonymise.clk",
    [
      KeyDefinition(
        "schema",
        .text(.path),
        .required,
        "The linkage schema agreed with the partner: JSON of clkhash, version 3, four features or more."
      ),
      KeyDefinition(
        "key",
        .text(.plain),
        .required,
        "A name of 'keys': the secret shared with the partner, never a key of pseudonyms."
      ),
      KeyDefinition(
        "to",
        .text(.path),
        .required,
        "The file for the partner, replaced as a whole."
      ),
      KeyDefinition(
        "source",
        .text(.plain),
        .optional,
        "The source whose rows are the records; may be left out where there is one."
      ),
      KeyDefinition(
        "standardise",
        .word([AllowedWord("NL-1", "Values are standardised before they are encoded.")]),
        .optional,
        "Only if the partner does the same; else values are as the extract has them."
      ),
      KeyDefinition(
        "balanced",
        .flag,
        .optional,
        "Each filter with its complement, in an order that the secret draws; twice as long."
      ),
      KeyDefinition("xor_fold", .flag, .optional, "Either half over the other; half as long."),
      KeyDefinition(
        "flip",
        .fraction,
        .optional,
        "The share of bits that are drawn at random for each record, as 0.05."
      ),
    ]
  )

  private static let policy = MappingDefinition(
    "column",
    path: "pseudonymise.columns.column",
    [
      KeyDefinition(
        "token",
        .text(.name(.slug)),
        .optional,
        "The kind of identifier: equal values of one kind get equal tokens. Of surname_part_1, "
          + "surname_part_2 and first_names_1 it is that part of the name; prefix and house-suffix "
          + "are split off where the column is read 'from' that of the surname or house-number."
      ),
      KeyDefinition(
        "keep",
        .word([
          AllowedWord("value", "As it is."), AllowedWord("year", "Column NAME_year stays."),
          AllowedWord("pc4", "Column NAME_pc4 stays: the four digits."),
          AllowedWord(notBuilt: "month", instead: "keep the year"),
        ]),
        .optional,
        "What stays beside the token."
      ),
      KeyDefinition(
        "reviewed",
        .text(.plain),
        .optional,
        "Why numbers that pass the test of a BSN are those of nobody, as the RSINs of organisations: "
          + "the run goes on, and the privacy log keeps the reason. With keep: value alone; mail "
          + "addresses, telephone numbers, accounts and addresses stop the run all the same."
      ),
      KeyDefinition(
        "bloom",
        .text(.name(.slug)),
        .optional,
        "The kind of name: its Bloom filter tells 'dice' levels how alike two values are. It is "
          + "deleted when the link stage is done."
      ),
    ]
  )
}
