import Cryptography
import SASL
import Traffic

extension SecretMarker {
    /// One whose marks mean nothing outside this run of the program.
    static func ofThisRun() throws -> SecretMarker {
        var key = try RandomBytes.generate(count: 32)
        defer { key.cleanse() }
        return SecretMarker(key: Secret(key))
    }
}
