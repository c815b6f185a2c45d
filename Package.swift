// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

// Filters are compared by counting bits. Every x86-64 processor since 2008 does that in one
// instruction, which the compiler may use only when told; on others it always may.
#if arch(x86_64)
  let bitCounting: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-mpopcnt"])]
#else
  let bitCounting: [SwiftSetting] = []
#endif

// Attacks on made-up regions, comparisons of all pairs and the log with each byte changed take
// minutes in a debug build, and seconds in an optimised one, which is what nights run. Overflow,
// bounds, preconditions and exclusive access are checked in both; assertions are not, of which
// there are none.
let optimised: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// A module of Koppel: a folder of `Sources`.
func module(
  _ name: String,
  _ imports: [Target.Dependency] = [],
  _ more: [SwiftSetting] = []
) -> Target {
  .target(name: name, dependencies: imports, swiftSettings: settings + more)
}

/// The tests of a module: a folder of `Tests`.
func tests(
  _ name: String,
  _ imports: [Target.Dependency],
  _ more: [SwiftSetting] = [],
  exclude: [String] = []
) -> Target {
  .testTarget(
    name: name,
    dependencies: imports + ["TestSupport"],
    exclude: exclude,
    swiftSettings: settings + more
  )
}

let package = Package(
  name: "koppel",
  products: [.executable(name: "koppel", targets: ["koppel"])],
  targets: [
    // Native libraries: a module map and a shim header each.
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CClp", pkgConfig: "clp", providers: [.apt(["coinor-libclp-dev"])]),

    // The stages, in the order of the data. What a module may see is what stands here.
    module("Diagnostics"),
    module("Tabular"),
    module("Cryptography", ["CLibCrypto"]),
    module("Files", ["Diagnostics", "Tabular", "Cryptography", "CZlib", "CLinux"]),
    module("PipelineFile", ["Diagnostics", "Tabular", "CLibYAML"]),
    module("Ingest", ["PipelineFile", "Files", "Tabular", "Diagnostics", "CLibXML2"]),
    module("Pseudonymisation", ["PipelineFile", "Tabular", "Cryptography", "Diagnostics"]),
    module("PrivacyLog", ["Files", "Tabular", "Cryptography", "Diagnostics"], optimised),
    module("Linkage", ["PipelineFile", "Tabular"], bitCounting + optimised),
    module("Statistics", ["Tabular"]),
    module("PopulationTables", ["PipelineFile", "Tabular", "Statistics"]),
    module("DisclosureControl", ["PipelineFile", "Tabular", "Statistics", "CClp"], optimised),
    module(
      "Publication",
      [
        "DisclosureControl", "Files", "Tabular", "PipelineFile", "Cryptography", "Diagnostics",
      ]
    ),
    module(
      "NightlyRun",
      [
        "Diagnostics", "Tabular", "Cryptography", "Files", "PipelineFile", "Ingest",
        "Pseudonymisation", "PrivacyLog", "Linkage", "Statistics", "PopulationTables",
        "DisclosureControl", "Publication",
      ]
    ),
    module("SampleRegion", ["Files", "Tabular", "Cryptography", "Diagnostics"]),
    .executableTarget(
      name: "koppel",
      dependencies: [
        "NightlyRun", "SampleRegion", "PipelineFile", "Publication", "DisclosureControl",
        "PrivacyLog", "Files", "Tabular",
        "Diagnostics", "Cryptography",
      ],
      swiftSettings: settings
    ),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    tests("DiagnosticsTests", ["Diagnostics"]),
    tests("TabularTests", ["Tabular"]),
    tests("CryptographyTests", ["Cryptography"]),
    tests("FilesTests", ["Files", "Tabular", "Diagnostics", "Cryptography"]),
    tests("PipelineFileTests", ["PipelineFile", "Diagnostics", "Tabular"]),
    tests("IngestTests", ["Ingest", "PipelineFile", "Files", "Tabular", "Diagnostics"]),
    tests(
      "PseudonymisationTests",
      ["Pseudonymisation", "PipelineFile", "Tabular", "Cryptography", "Diagnostics"],
      exclude: ["Vectors"]
    ),
    tests(
      "PrivacyLogTests",
      ["PrivacyLog", "Files", "Tabular", "Cryptography", "Diagnostics"],
      exclude: ["Golden"]
    ),
    tests("LinkageTests", ["Linkage", "PipelineFile", "Tabular", "Diagnostics"], optimised),
    tests("StatisticsTests", ["Statistics", "Tabular"], exclude: ["Vectors"]),
    tests(
      "PopulationTablesTests",
      [
        "PopulationTables", "DisclosureControl", "PipelineFile", "Tabular", "Diagnostics",
        "Statistics",
      ]
    ),
    tests(
      "DisclosureControlTests",
      ["DisclosureControl", "PipelineFile", "Tabular", "Statistics"],
      optimised
    ),
    tests(
      "PublicationTests",
      [
        "Publication", "DisclosureControl", "Files", "Tabular", "PipelineFile", "Cryptography",
        "Diagnostics",
      ]
    ),
    tests("SampleRegionTests", ["SampleRegion", "Files", "Tabular", "Diagnostics"]),
    tests(
      "NightlyRunTests",
      [
        "NightlyRun", "PipelineFile", "Ingest", "Tabular", "Files", "Cryptography", "Diagnostics",
        "PrivacyLog",
      ]
    ),
    tests("EndToEndTests", ["koppel", "Files", "PrivacyLog", "Tabular"], exclude: ["Scripts"]),
    tests(
      "PrivacyTests",
      ["koppel", "NightlyRun", "PrivacyLog", "Files", "Tabular", "Cryptography", "Diagnostics"]
    ),

    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "Ingest", "PipelineFile", "Files", "Tabular", "Diagnostics", "PrivacyLog", "Cryptography",
        "Pseudonymisation", "Linkage", "DisclosureControl",
      ],
      path: "Tests/Benchmarks",
      swiftSettings: settings
    ),
  ],
  swiftLanguageModes: [.v6]
)
