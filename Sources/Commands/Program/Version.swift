import Cryptography
import SASL

/// What `--version` prints.
enum Version {
    static let number = "0.1.0"

    static var text: String {
        """
        imapscope \(self.number)
        OpenSSL \(OpenSSLVersion.runtime)
        libidn \(LibIDNVersion.runtime)
        swift-nio \(self.swiftNIO), swift-argument-parser \(self.argumentParser), Yams \(self.yams), or newer
        Swift \(self.swift)
        """
    }

    /// These do not tell their version, so each is the oldest that the package accepts; a test compares them with the
    /// manifest.
    static let swiftNIO = "2.101.2"
    static let argumentParser = "1.8.2"
    static let yams = "6.2.2"

    /// The compiler that built the program; the language tells no more than "at least".
    static var swift: String {
        #if compiler(>=6.4)
            "6.4 or newer"
        #elseif compiler(>=6.3.2)
            "6.3.2 or newer"
        #elseif compiler(>=6.3.1)
            "6.3.1"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }
}
