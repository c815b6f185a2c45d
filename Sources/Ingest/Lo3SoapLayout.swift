import PipelineFile

/// The parts of an answer of the GBA-V that are read.
///
/// Source: the web service LRDPlus 1.1 and its type LO3 1.1.
struct Lo3SoapLayout: Sendable {
  /// What an element means to the reader.
  enum Meaning {
    static let none = 0
    static let error = 1
    static let answer = 2
    static let resultCode = 3
    static let person = 4
    static let stack = 5
    static let occurrence = 6
    static let category = 7
    static let element = 8
    static let number = 9
    static let value = 10
  }

  static let standard = "an answer of the GBA-V"
  private static let service = "http://www.bprbzk.nl/GBA/LRDPlus/version1.1"
  private static let types = "http://www.bprbzk.nl/GBA/LO3/version1.1"

  private(set) var tree = XMLTree()

  init() {
    for parent in SoapEnvelope.bodies(in: &tree, faultMeaning: Meaning.error) {
      let answer = add(["vraagResponse", "vraagReturn"], Self.service, parent, Meaning.answer)
      _ = add(["resultaat", "code"], Self.service, answer, Meaning.resultCode)
      let list = add(["persoonslijsten"], Self.service, answer, Meaning.none)
      let person = add(["item"], Self.types, list, Meaning.person)
      let stack = add(["categoriestapels", "item"], Self.types, person, Meaning.stack)
      let occurrence = add(
        ["categorievoorkomens", "item"],
        Self.types,
        stack,
        Meaning.occurrence
      )
      _ = add(["categorienummer"], Self.types, occurrence, Meaning.category)
      let element = add(["elementen", "item"], Self.types, occurrence, Meaning.element)
      _ = add(["nummer"], Self.types, element, Meaning.number)
      _ = add(["waarde"], Self.types, element, Meaning.value)
    }
  }

  private mutating func add(
    _ names: [String],
    _ space: String,
    _ parent: Int,
    _ meaning: Int
  ) -> Int {
    let node = tree.node(at: names.map { XmlPath.Step($0, space: space) }, below: parent)
    tree.change(node) {
      $0.meaning = meaning
      switch meaning {
      case Meaning.resultCode, Meaning.category, Meaning.number, Meaning.value: $0.takesText = true
      default: break
      }
    }
    return node
  }
}
