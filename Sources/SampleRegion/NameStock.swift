/// All names that made-up people bear, by number.
struct NameStock {
  /// A surname and what stands before it.
  struct Surname {
    let prefix: String
    let word: String
  }

  /// Names of one list: where they begin in the stock, and which are common.
  private struct Section {
    let start: Int
    let choice: WeightedChoice
  }

  let surnames: [Surname]
  let firstNames: [String]
  private let surnameSections: [Section]
  private let firstNameSections: [Section]

  init() {
    var surnames: [Surname] = []
    var firstNames: [String] = []
    var surnameSections: [Section] = []
    var firstNameSections: [Section] = []
    for origin in Origin.allCases {
      let names = SurnameList.names(origin)
      surnameSections.append(
        Section(start: surnames.count, choice: WeightedChoice(ranks: names.count, head: 12))
      )
      surnames += names.map(Self.surname)
      for female in [false, true] {
        for generation in 0..<FirstNameList.generationCount {
          let names = FirstNameList.names(origin, female: female, generation: generation)
          firstNameSections.append(
            Section(start: firstNames.count, choice: WeightedChoice(ranks: names.count, head: 9))
          )
          firstNames += names
        }
      }
    }
    self.surnames = surnames
    self.firstNames = firstNames
    self.surnameSections = surnameSections
    self.firstNameSections = firstNameSections
  }

  /// A surname; its words that begin with a small letter or an apostrophe are the prefix.
  private static func surname(_ text: String) -> Surname {
    let words = text.split(separator: " ")
    let prefix = words.prefix { $0.first.map { $0.isLowercase || $0 == "'" } ?? false }
    return Surname(
      prefix: prefix.joined(separator: " "),
      word: words.dropFirst(prefix.count).joined(separator: " ")
    )
  }

  func surname(_ origin: Origin, _ random: inout RandomStream) -> UInt16 {
    let section = surnameSections[Int(origin.rawValue)]
    return UInt16(section.start + section.choice.pick(&random))
  }

  func firstName(
    _ origin: Origin,
    female: Bool,
    birthYear: Int,
    _ random: inout RandomStream
  ) -> UInt16 {
    let lists = Int(origin.rawValue) * 2 + (female ? 1 : 0)
    let generation = FirstNameList.generation(birthYear: birthYear)
    let section = firstNameSections[lists * FirstNameList.generationCount + generation]
    return UInt16(section.start + section.choice.pick(&random))
  }

  /// The first names of a person, a blank between them.
  func firstNames(of person: Person) -> String {
    let first = firstNames[Int(person.firstName)]
    guard let second = person.secondName else { return first }
    return first + " " + firstNames[Int(second)]
  }

  /// The first letters of the first names.
  func initials(of person: Person) -> String {
    let first = firstNames[Int(person.firstName)].prefix(1)
    let second = person.secondName.map { firstNames[Int($0)].prefix(1) } ?? ""
    return String(first + second)
  }
}
