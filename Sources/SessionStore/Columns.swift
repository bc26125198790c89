import Foundation
import Traffic

extension Timestamp {
    /// As the columns have it.
    var microseconds: Int64 { self.nanoseconds / 1000 }

    init(microseconds: Int64) { self.init(nanoseconds: microseconds &* 1000) }
}

extension Direction {
    var rawName: String { self == .client ? "client" : "server" }
}

extension [UInt8] {
    var blob: Data { Data(self) }
}
