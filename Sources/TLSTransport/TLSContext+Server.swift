import COpenSSL

extension TLSContext {
    func configure(_ settings: TLSServerSettings) throws(TLSSettingError) {
        imapscope_ssl_ctx_set_dh_auto(self.pointer)
        switch settings.identity {
        case .fixed(let identity): try self.use(identity)
        case .byName: self.askForIdentities()
        }
        switch settings.clientCertificates {
        case .ignored: imapscope_tls_observe(self.pointer, SSL_VERIFY_NONE)
        case .requested(let trust):
            try self.load(trust, forClients: true)
            imapscope_tls_observe(self.pointer, SSL_VERIFY_PEER)
        case .verified(let trust):
            try self.load(trust, forClients: true)
            imapscope_tls_observe(self.pointer, SSL_VERIFY_PEER)
        case .required(let trust):
            try self.load(trust, forClients: true)
            imapscope_tls_observe(self.pointer, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT)
        }
        if !self.applicationProtocols.isEmpty { self.selectApplicationProtocols() }
        // Without a session id context OpenSSL refuses to resume where client certificates are asked for.
        let name = Array("imapscope".utf8)
        SSL_CTX_set_session_id_context(self.pointer, name, UInt32(name.count))
        let resumes = settings.common.resumesSessions
        imapscope_ssl_ctx_set_session_cache(
            self.pointer,
            Int(resumes && settings.sessionCacheSize > 0 ? SSL_SESS_CACHE_SERVER : SSL_SESS_CACHE_OFF),
            max(settings.sessionCacheSize, 1)
        )
        SSL_CTX_set_num_tickets(self.pointer, resumes ? max(settings.ticketCount, 0) : 0)
        if !resumes { SSL_CTX_set_options(self.pointer, SSL_OP_NO_TICKET_BIT) }
    }

    /// Makes `identity` the one of every connection.
    func use(_ identity: TLSIdentity) throws(TLSSettingError) {
        OpenSSLQueue.clear()
        guard
            SSL_CTX_use_cert_and_key(self.pointer, identity.certificate, identity.key, identity.chain, 1) == 1
        else {
            // For instance a key too short for the security level.
            throw .identity(reason: OpenSSLQueue.takeReason() ?? "not usable")
        }
    }

    private func askForIdentities() {
        imapscope_ssl_ctx_on_server_name(self.pointer) { ssl, alert, _ in
            guard let ssl, let connection = TLSConnection.of(ssl) else { return SSL_TLSEXT_ERR_OK }
            alert?.pointee = SSL_AD_UNRECOGNIZED_NAME
            return connection.askForIdentity()
        }
        SSL_CTX_set_cert_cb(
            self.pointer,
            { ssl, _ in
                guard let ssl, let connection = TLSConnection.of(ssl) else { return 0 }
                return connection.chooseIdentity()
            },
            nil
        )
    }

    private func selectApplicationProtocols() {
        SSL_CTX_set_alpn_select_cb(
            self.pointer,
            { ssl, selected, selectedCount, offered, offeredCount, _ in
                guard let ssl, let context = TLSContext.of(ssl), let offered else { return SSL_TLSEXT_ERR_NOACK }
                let list = UnsafeBufferPointer(start: offered, count: Int(offeredCount))
                guard let range = context.firstCommonProtocol(with: list) else {
                    // A client of another protocol was led here: RFC 7301 section 3.2.
                    return SSL_TLSEXT_ERR_ALERT_FATAL
                }
                selected?.pointee = offered + range.lowerBound
                selectedCount?.pointee = UInt8(range.count)
                return SSL_TLSEXT_ERR_OK
            },
            nil
        )
    }

    /// Where in the client's list stands the first of our protocols that it offers.
    private func firstCommonProtocol(with offered: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        for name in self.common.applicationProtocols {
            var start = 0
            while start < offered.count {
                let range = (start + 1)..<min(start + 1 + Int(offered[start]), offered.count)
                if offered[range].elementsEqual(name.utf8) { return range }
                start = range.upperBound
            }
        }
        return nil
    }
}
