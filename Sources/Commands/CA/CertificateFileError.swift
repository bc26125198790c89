import Cryptography
import IMAPSession
import Reporting
import Traffic

/// A file with a certificate or a key is not what it should be.
struct CertificateFileError: ReportableError, Hashable {
    enum Reason: Hashable {
        case certificate(CertificateProblem)
        case key(PrivateKeyProblem)
        /// The key belongs to another certificate than the one in `certificate`.
        case mismatch(certificate: String)
        case authority(CertificateAuthority.Defect)
        case server(ServerCertificateDefect)
        /// `certificate` is there, its key is not.
        case missingKey(certificate: String)
        /// The key is there, its certificate is nowhere.
        case missingCertificate
    }

    var path: String
    var reason: Reason

    var summary: String { "\(self.path): \(self.reason.text)" }
    var blame: Blame { .configuration }
    var advice: String? { self.reason.advice }

    var exitCode: ExitCode {
        switch self.reason {
        case .missingKey, .missingCertificate: .noInput
        default: .configuration
        }
    }
}

extension CertificateFileError.Reason {
    var text: String {
        switch self {
        case .certificate(let problem): problem.text
        case .key(let problem): problem.text
        case .mismatch(let certificate): "the key is not the one of the certificate in \(certificate)"
        case .authority(.keyMismatch): "the key is not the one of this certificate"
        case .authority(.notAnAuthority):
            "the certificate may not sign others (basicConstraints CA, keyUsage keyCertSign)"
        case .authority(.expired(let end)), .server(.expired(let end)):
            "the certificate expired on \(TerminalText.day(end))"
        case .authority(.notYetValid(let start)), .server(.notYetValid(let start)):
            "the certificate is not valid before \(TerminalText.day(start))"
        case .server(.selfSigned): "the certificate is self-signed: nobody vouches for it, so clients refuse it"
        case .server(.authority): "the certificate belongs to an authority, not to a server"
        case .server(.wrongName(let host)): "the certificate is not for \(host)"
        case .missingKey(let certificate): "the private key of \(certificate) is missing"
        case .missingCertificate: "the certificate of this key is missing"
        }
    }

    var advice: String? {
        switch self {
        case .certificate(.privateKey), .key(.certificate):
            "the certificate belongs here, its key to the option for keys; here they are exchanged"
        case .certificate: "a file with -----BEGIN CERTIFICATE----- lines, the server's certificate first"
        case .key(.encrypted): "openssl pkey -in encrypted.pem -out key.pem, and keep key.pem to yourself (mode 0600)"
        case .key: "a PEM file with an unencrypted private key"
        case .mismatch: "give the key that the certificate was requested with"
        case .authority, .missingKey, .missingCertificate:
            "move the files ca* of that folder away; imapscope then makes a new authority, which the clients have to "
                + "trust anew"
        case .server(.expired), .server(.notYetValid):
            "renew the certificate, or check the clock of this machine; --allow-bad-cert takes it all the same"
        case .server:
            "leave --cert out: imapscope then makes a certificate for each name that clients ask for; --allow-bad-cert "
                + "takes it all the same"
        }
    }
}

extension CertificateProblem {
    var text: String {
        switch self {
        case .empty: "the file is empty"
        case .notACertificate: "this is no certificate, neither PEM nor DER"
        case .privateKey: "this is a private key, not a certificate"
        case .damaged(let index, let reason):
            index == 1 ? "the certificate is damaged: \(reason)" : "certificate \(index) is damaged: \(reason)"
        case .tooManyCertificates(let actual, let limit): "\(actual) certificates are no chain; at most \(limit) are"
        }
    }
}

extension PrivateKeyProblem {
    var text: String {
        switch self {
        case .empty: "the file is empty"
        case .notAPrivateKey: "this is no private key in PEM"
        case .certificate: "this is a certificate, not a private key"
        case .encrypted: "the private key is encrypted with a passphrase"
        case .damaged(let reason): "the private key is damaged: \(reason)"
        }
    }
}
