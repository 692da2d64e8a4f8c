internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import PartnersAPI

extension MatchingModule {
  @UseCases var aboutExtending: [Endpoint] {
    extendOffer
  }

  struct Extend: Codable, Sendable {
    let place: PlaceID
    let version: Int?
    /// How long the offer holds now.
    let until: Instant
  }

  var extendOffer: UseCase<Extend, PlaceView> {
    .command(
      "matching.extend-offer", .put, "/places/{place}/deadline", by: .staff,
      Words(
        en: "Give somebody longer to answer an offer, and send it to them again",
        fr: "Laisser plus de temps pour répondre à une offre, et la renvoyer"),
      problems: ["matching/wrong-place-state"]
    ) { (input: Extend, transaction) in
      var place = try transaction.get(PlaceRow.self, input.place)
      try place.expect(version: input.version)
      guard place.state == .offered else { throw MatchingError.wrongPlaceState(place.state) }
      guard input.until > transaction.now, input.until > place.confirmBy else {
        throw Problem.invalid(
          "until", en: "must be later than the offer holds now, and not in the past",
          fr: "doit être après l’échéance actuelle, et pas dans le passé")
      }
      place.confirmBy = input.until
      try transaction.update(&place)
      try transaction.noteLetter(about: place)
      try transaction.emit(
        PlaceOffered(
          edition: place.editionId, place: place.id, brief: place.brief, role: place.role,
          volunteer: place.volunteer, confirmBy: place.confirmBy))
      return PlaceView(place)
    }
  }
}
