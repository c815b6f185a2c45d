/// What a table is called and how it is cut.
struct TableShape: Sendable {
  let name: String
  let by: [String]
  let totals: [String]
}
