import Diagnostics
import Testing

@Suite("Of a file name stays what its pattern says")
struct ShapedNameTests {
  @Test(
    "and the rest is a shape",
    arguments: [
      ("claims_2026-08.csv", "claims_2026-08.csv", "claims_2026-08.csv"),
      ("claims_2026-08_Jansen.csv.gz", "claims_2026-08*", "claims_2026-08_a{6}.csv.gz"),
      ("Jansen.csv", "*", "a{6}.csv"), ("Jansen.csv", "*.csv", "a{6}.csv"),
      ("WMO301_Jansen_999990019.xml", "WMO*.xml", "WMO9{3}_a{6}_9{9}.xml"),
      ("Jansen_care_Piet.txt", "*_care_*", "a{6}_care_a{4}.txt"),
      ("a7.csv", "a[0-9].csv", "a9.csv"), ("a].csv", "a[]x].csv", "a].csv"),
      ("Zoë", "*", "a{4}"), ("", "*", ""), ("a*b.csv", "a\\*b.csv", "a*b.csv"),
      ("Jansen.csv", "Pieters*", "a{6}.csv"), ("x.CSV.GZ", "*", "a.CSV.GZ"),
      ("Jansen", "[", "a{6}"), (".csv", "*", ".a{3}"),
    ]
  )
  func shapes(name: String, pattern: String, shaped: String) {
    #expect(shapedName(name, pattern: pattern) == shaped)
  }
}
