internal import MatchingEngine

/// An answer of the engine with its proof, as it is kept.
struct StoredAnswer: Codable, Sendable {
  private struct Bound: Codable {
    let filled: Int
    let shortfall: Int
    let points: Int64
    let kept: Int
  }
  private struct Price: Codable {
    let company: Int32
    let mission: Int32
    let price: Int64
  }
  private struct Proof: Codable {
    let scale: Int64
    let seatBonus: Int64
    let shortfallCost: Int64
    let pointFactor: Int64
    let rolePrice: [Int64]
    let volunteerUtility: [Int64]
    let seekerReward: [Int64]
    let companyPrices: [Price]
    let teamReward: [Int64]
    let nearVolunteers: [Bool]?
    let nearRoles: [Bool]?
  }

  private let strategy: String
  private let isOptimal: Bool
  private let volunteers: [Int32]
  private let roles: [Int32]
  private let bound: Bound?
  private let distance: Int64?
  private let stoppedEarly: Bool
  private let proof: Proof?

  init(_ solution: Solution) {
    strategy = solution.strategy
    isOptimal = solution.status == .optimal
    volunteers = solution.assignment.map(\.volunteer)
    roles = solution.assignment.map(\.role)
    bound = solution.bound.map {
      Bound(filled: $0.filled, shortfall: $0.shortfall, points: $0.points, kept: $0.kept)
    }
    distance = solution.distance
    stoppedEarly = solution.stoppedEarly
    proof = solution.certificate.map { proof in
      Proof(
        scale: proof.scale, seatBonus: proof.seatBonus, shortfallCost: proof.shortfallCost,
        pointFactor: proof.pointFactor, rolePrice: proof.rolePrice,
        volunteerUtility: proof.volunteerUtility, seekerReward: proof.seekerReward,
        companyPrices: proof.companyPrices.map {
          Price(company: $0.company, mission: $0.mission, price: $0.price)
        },
        teamReward: proof.teamReward, nearVolunteers: proof.fillProof?.nearVolunteers,
        nearRoles: proof.fillProof?.nearRoles)
    }
  }

  /// The answer again, to the instance it was given to.
  func solution(of instance: Instance) -> Solution {
    var solution = Solution(
      strategy: strategy, status: isOptimal ? .optimal : .feasible,
      assignment: zip(volunteers, roles).map { Pair(volunteer: $0, role: $1) }, of: instance,
      bound: bound.map {
        Score(filled: $0.filled, shortfall: $0.shortfall, points: $0.points, kept: $0.kept)
      },
      certificate: proof.map { proof in
        Certificate(
          scale: proof.scale, seatBonus: proof.seatBonus, shortfallCost: proof.shortfallCost,
          pointFactor: proof.pointFactor, rolePrice: proof.rolePrice,
          volunteerUtility: proof.volunteerUtility, seekerReward: proof.seekerReward,
          companyPrices: proof.companyPrices.map {
            CompanyPrice(company: $0.company, mission: $0.mission, price: $0.price)
          },
          teamReward: proof.teamReward,
          fillProof: zip(proof.nearVolunteers, proof.nearRoles).map {
            FillProof(nearVolunteers: $0, nearRoles: $1)
          })
      }, stoppedEarly: stoppedEarly)
    solution.distance = distance
    return solution
  }
}

private func zip<A, B>(_ first: A?, _ second: B?) -> (A, B)? {
  if let first, let second { (first, second) } else { nil }
}
