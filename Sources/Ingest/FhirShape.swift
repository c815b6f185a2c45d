import PipelineFile

/// The rules of a source's columns, with the nodes of their paths; and what decides about rows.
struct FhirShape: Sendable {
  /// A node, and whether it is to be looked for in the item that is the row.
  struct Place: Sendable {
    let node: Int
    let isOfItem: Bool
  }

  /// `FhirPaths.Rule`, with nodes for paths.
  enum Access: Sendable {
    case text(Place)
    case match(at: Place, key: Int, text: [UInt8], value: Int)
    case reference(Place, type: [UInt8])
    case date([Place])
    case surname
    case family(extension: [UInt8])
    case given(initials: Bool)
    case sex
    case deceased
    case home(Int)
    case homeLine(extension: [UInt8])
    case amount
  }

  /// An extension of a JSON primitive: the list, and what is looked at of each.
  struct Extensions: Sendable {
    let list: Int
    let url: Int
    let value: Int

    fileprivate init(_ path: String, value: String, in keys: inout JsonShape) {
      list = keys.node(path + ".extension")
      url = keys.node(path + ".extension.url")
      self.value = keys.node(path + ".extension." + value)
    }
  }

  let keys: JsonShape
  /// For each declared column how it is made of a patient; nil where a patient has none.
  let patient: [Access?]
  /// For each declared column how it is made of the resource that is a row.
  let row: [Access?]

  let resourceType: Int
  let status: Int
  let verification: Int
  let use: Int
  let gender: Int
  let deceased: Int
  let deathDate: Int
  let name: Int
  let nameUse: Int
  let familyName: Int
  let family: Extensions
  let given: Int
  let givenParts: Int
  let givenQualifier: Extensions
  let address: Int
  let addressUse: Int
  let line: Extensions
  let item: Int
  let itemValue: Int
  let itemCurrency: Int
  let totalValue: Int
  let totalCurrency: Int

  init(rows: String, _ columns: [SourceColumn]) {
    var keys = JsonShape()
    patient = Self.accesses("Patient", columns, &keys)
    row = rows == "Patient" ? patient : Self.accesses(rows, columns, &keys)
    resourceType = keys.node("resourceType")
    status = keys.node("status")
    verification = keys.node("verificationStatus.coding.code")
    use = keys.node("use")
    gender = keys.node("gender")
    deceased = keys.node("deceasedBoolean")
    deathDate = keys.node("deceasedDateTime")
    name = keys.node("name")
    nameUse = keys.node("name.use")
    familyName = keys.node("name.family")
    family = Extensions("name._family", value: "valueString", in: &keys)
    given = keys.node("name.given")
    givenParts = keys.node("name._given")
    givenQualifier = Extensions("name._given", value: "valueCode", in: &keys)
    address = keys.node("address")
    addressUse = keys.node("address.use")
    line = Extensions("address._line", value: "valueString", in: &keys)
    item = keys.node("item")
    itemValue = keys.node("item.net.value")
    itemCurrency = keys.node("item.net.currency")
    totalValue = keys.node("total.value")
    totalCurrency = keys.node("total.currency")
    self.keys = keys
  }

  private static func accesses(
    _ type: String,
    _ columns: [SourceColumn],
    _ keys: inout JsonShape
  ) -> [Access?] {
    let rules = FhirPaths.rules(of: type)
    return columns.map { column in rules[column.sourceName].map { access($0, &keys) } }
  }

  private static func access(_ rule: FhirPaths.Rule, _ keys: inout JsonShape) -> Access {
    func place(_ path: String) -> Place {
      Place(node: keys.node(path), isOfItem: path.hasPrefix("item."))
    }
    switch rule {
    case .text(let path): return .text(place(path))
    case .match(let path, let key, let text, let value):
      return .match(
        at: place(path),
        key: keys.node(path + "." + key),
        text: Array(text.utf8),
        value: keys.node(path + "." + value)
      )
    case .reference(let path, let type):
      return .reference(place(path), type: Array((type + "/").utf8))
    case .date(let paths): return .date(paths.map(place))
    case .surname: return .surname
    case .family(let name): return .family(extension: Array(name.utf8))
    case .given(let initials): return .given(initials: initials)
    case .sex: return .sex
    case .deceased: return .deceased
    case .home(let key): return .home(keys.node("address." + key))
    case .homeLine(let name): return .homeLine(extension: Array(name.utf8))
    case .amount: return .amount
    }
  }
}
