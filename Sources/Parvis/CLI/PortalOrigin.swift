internal import Foundation

/// Where people reach the portal: links in letters begin with it.
var portalOrigin: String {
  ProcessInfo.processInfo.environment["PARVIS_ORIGIN"].flatMap { $0.isEmpty ? nil : $0 }
    ?? "http://127.0.0.1:8080"
}
