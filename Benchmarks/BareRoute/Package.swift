// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "bare-route",
  platforms: [.macOS(.v26)],
  dependencies: [
    // `Benchmarks/run.sh` puts Parvis' own Package.resolved here, so that both have the same code.
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
  ],
  targets: [
    .executableTarget(
      name: "bare-route",
      dependencies: [
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Hummingbird", package: "hummingbird"),
      ], path: "Sources/BareRoute")
  ]
)
