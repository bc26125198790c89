import NIOCore
import ProxyCore
import TLSTransport
import Traffic

/// A client's handshake that waits for the certificate it will be shown.
///
/// It waits for the server's certificate, whose names the minted one copies, but not for long: a server that is slow or
/// absent must not cost the client its handshake.
final class CertificateWish {
    static let patience = TimeAmount.seconds(5)

    var handler: TLSHandler?
    var serverName: String?
    var waits = false
    var timer: Scheduled<Void>?
    /// Why there is none.
    var refusal: String?

    /// The handshake has its answer.
    func settle() {
        self.waits = false
        self.timer?.cancel()
        self.timer = nil
    }

    func end() {
        self.settle()
        self.handler = nil
    }
}

extension ConnectionDriver {
    /// The client has said which name it wants.
    func wishesCertificate(for serverName: String?) {
        self.certificate.serverName = serverName
        self.certificate.waits = true
        self.grantCertificate()
        guard self.certificate.waits else { return }
        self.certificate.timer = self.loop.eventLoop.assumeIsolated().scheduleTask(in: CertificateWish.patience) {
            self.grantCertificate(waitsForUpstream: false)
        }
    }

    /// Answers the client's handshake if that can be done now.
    func grantCertificate(waitsForUpstream: Bool = true) {
        let wish = self.certificate
        guard wish.waits, let identities = self.loop.configuration.identities else { return }
        guard !waitsForUpstream || identities.knowsUpstream || !self.connection.awaitsUpstreamTLS else { return }
        wish.settle()
        let request = ClientIdentityRequest(
            serverName: wish.serverName,
            listener: self.listener.endpoint,
            address: self[.client].context?.channel.localAddress?.ipAddress
        )
        do throws(ClientIdentityError) {
            wish.handler?.provide(try identities.identity(for: request))
        } catch {
            wish.refusal = error.reason
            wish.handler?.provide(nil)
        }
    }
}
