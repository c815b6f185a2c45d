import PipelineFile

/// The parts of a StUF-BG 0310 answer that are read.
///
/// Source: StUF 03.01 and its sector model BG 03.10. Only what stands in the object itself and in
/// its `verblijfsadres`: partner, parents and children (`inp.heeft…`) and the past (`historie…`) have
/// the same element names, and are not in the tree.
struct StufLayout: Sendable {
  /// What an element means to the reader; others are texts of a slot.
  enum Meaning {
    static let text = 0
    static let object = 1
    static let error = 2
    static let answer = 3
    static let organisation = 4
    static let application = 5
    static let reference = 6
    static let time = 7
    static let count = 8
    static let more = 9
  }

  static let standard = "npsLa01 of StUF-BG 0310"
  private static let bg = "http://www.egem.nl/StUF/sector/bg/0310"
  private static let stuf = "http://www.egem.nl/StUF/StUF0301"
  static let stufSpace = Array(stuf.utf8)
  static let nilSpace = Array("http://www.w3.org/2001/XMLSchema-instance".utf8)

  /// The element of each column below the object.
  private static let paths: [(column: String, path: [String])] = [
    ("bsn", ["inp.bsn"]), ("a_number", ["inp.a-nummer"]), ("surname", ["geslachtsnaam"]),
    ("prefix", ["voorvoegselGeslachtsnaam"]), ("initials", ["voorletters"]),
    ("first_names", ["voornamen"]), ("partner_surname", ["geslachtsnaamPartner"]),
    ("partner_prefix", ["voorvoegselGeslachtsnaamPartner"]),
    ("name_use", ["aanduidingNaamgebruik"]), ("sex", ["geslachtsaanduiding"]),
    ("birth_date", ["geboortedatum"]), ("death_date", ["overlijdensdatum"]),
    ("deceased", ["overlijdensdatum"]), ("postcode", ["verblijfsadres", "aoa.postcode"]),
    ("house_number", ["verblijfsadres", "aoa.huisnummer"]),
    ("house_letter", ["verblijfsadres", "aoa.huisletter"]),
    ("house_suffix", ["verblijfsadres", "aoa.huisnummertoevoeging"]),
    ("address_object", ["verblijfsadres", "aoa.identificatie"]),
    ("address_since", ["verblijfsadres", "begindatumVerblijf"]),
    ("address_kind", ["inp.adresHerkomst"]),
    ("municipality", ["inp.gemeenteVanInschrijving"]), ("secrecy", ["inp.indicatieGeheim"]),
  ]

  private(set) var tree = XMLTree()
  /// For each node of the tree the slot of its text, or -1.
  private(set) var slots: [Int] = []
  private(set) var slotCount = 0
  /// For each declared column its slot, or -1.
  private(set) var columnSlots: [Int] = []
  /// For each declared column whether it tells if the person died.
  let isDeceased: [Bool]
  // Slots of which the text means something else than it says; -1 where nobody wants them.
  private(set) var sex = -1
  private(set) var death = -1
  private(set) var partnerPrefix = -1
  /// The declared columns that must have a value.
  let required: [(column: Int, name: String)]

  init(columns: [SourceColumn]) {
    isDeceased = columns.map { $0.sourceName == "deceased" }
    required = columns.enumerated().compactMap { number, column in
      column.required && column.sourceName != "deceased" ? (number, column.name) : nil
    }
    var objects: [Int] = []
    for parent in SoapEnvelope.bodies(in: &tree, faultMeaning: Meaning.error) {
      for name in ["Fo01Bericht", "Fo02Bericht", "Fo03Bericht"] {
        mark([name], Self.stuf, below: parent, Meaning.error)
      }
      let answer = mark(["npsLa01"], Self.bg, below: parent, Meaning.answer)
      objects.append(mark(["antwoord", "object"], Self.bg, below: answer, Meaning.object))
      addHeader(below: answer)
    }
    addColumns(columns, below: objects)
    slots += Array(repeating: -1, count: tree.nodes.count - slots.count)
  }

  @discardableResult
  private mutating func mark(
    _ names: [String],
    _ space: String,
    below parent: Int,
    _ meaning: Int
  ) -> Int {
    let node = tree.node(at: names.map { XmlPath.Step($0, space: space) }, below: parent)
    tree.change(node) {
      $0.meaning = meaning
      $0.takesText = meaning > Meaning.answer
    }
    return node
  }

  private mutating func addHeader(below answer: Int) {
    // The groups are of the sector model, what is in them of StUF itself.
    let header = mark(["stuurgegevens"], Self.bg, below: answer, Meaning.text)
    let sender = mark(["zender"], Self.stuf, below: header, Meaning.text)
    mark(["organisatie"], Self.stuf, below: sender, Meaning.organisation)
    mark(["applicatie"], Self.stuf, below: sender, Meaning.application)
    mark(["referentienummer"], Self.stuf, below: header, Meaning.reference)
    mark(["tijdstipBericht"], Self.stuf, below: header, Meaning.time)
    let parameters = mark(["parameters"], Self.bg, below: answer, Meaning.text)
    mark(["aantalVoorkomens"], Self.stuf, below: parameters, Meaning.count)
    mark(["indicatorVervolgvraag"], Self.stuf, below: parameters, Meaning.more)
  }

  private mutating func addColumns(_ columns: [SourceColumn], below objects: [Int]) {
    var known: [[String]: Int] = [:]
    for column in columns {
      guard let path = Self.paths.first(where: { $0.column == column.sourceName })?.path else {
        columnSlots.append(-1)
        continue
      }
      let slot = known[path] ?? slotCount
      columnSlots.append(slot)
      guard known[path] == nil else { continue }
      known[path] = slot
      slotCount += 1
      for object in objects {
        let node = tree.node(at: path.map { XmlPath.Step($0, space: Self.bg) }, below: object)
        tree.change(node) { $0.takesText = true }
        slots += Array(repeating: -1, count: tree.nodes.count - slots.count)
        slots[node] = slot
      }
      switch path[0] {
      case "geslachtsaanduiding": sex = slot
      case "overlijdensdatum": death = slot
      case "voorvoegselGeslachtsnaamPartner": partnerPrefix = slot
      default: break
      }
    }
  }
}
