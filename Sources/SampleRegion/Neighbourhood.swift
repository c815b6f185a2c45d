/// A neighbourhood of the made-up region, with codes that nest as those of Statistics Netherlands.
struct Neighbourhood {
  /// `BU`, municipality, district, neighbourhood: `BU90010203`.
  let code: String
  /// `WK`, municipality, district: `WK900102`.
  let district: String
  /// `GM` and the municipality: `GM9001`.
  let municipality: String
  /// What it is called: `Lindeloo wijk 2 buurt 3`.
  let name: String
  /// Where its middle lies.
  let position: Position
  /// Which municipality, from 0.
  let municipalityNumber: Int
  /// How likely a household lives here, beside the others.
  let weight: Double
  /// How likely a household of old people is here: 1 is usual.
  let greyness: Double
  /// The share of households with a name from elsewhere.
  let foreignShare: Double
  /// What a claim costs here: 1 is usual.
  let costFactor: Double
  /// How much hospital care is used here: 1 is usual, a planted hot spot has more.
  var hospitalFactor: Double
  /// Streets, each with a postcode of its own.
  let streetCount: Int

  var isHotSpot: Bool { hospitalFactor > 1 }
}
