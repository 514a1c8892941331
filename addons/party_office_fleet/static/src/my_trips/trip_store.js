const ENTRIES = "entries";
const KEPT = "kept";

/**
 * What the driver's page keeps on the phone: entries that the server has not confirmed
 * yet, the orders as they were seen last, and the form that is being filled in.
 *
 * One database for each user: a phone that two drivers share does not mix them up.
 * Where the browser keeps nothing (private window) all lives as long as the page.
 */
export class TripStore {
    constructor(name) {
        this.name = name;
        this.memory = { [ENTRIES]: new Map(), [KEPT]: new Map() };
        this.database = null;
        this.isKept = false;
    }

    async open() {
        try {
            this.database = await new Promise((resolve, reject) => {
                const request = window.indexedDB.open(this.name, 1);
                request.onupgradeneeded = () => {
                    request.result.createObjectStore(ENTRIES, { keyPath: "key" });
                    request.result.createObjectStore(KEPT);
                };
                request.onsuccess = () => resolve(request.result);
                request.onerror = () => reject(request.error);
            });
            this.isKept = true;
        } catch {
            this.database = null;
        }
    }

    /** Entries that wait, in the order in which they were made. */
    async entries() {
        const entries = this.database
            ? await this.ask(ENTRIES, "readonly", (store) => store.getAll())
            : [...this.memory[ENTRIES].values()];
        return entries.sort((a, b) => a.number - b.number);
    }

    async put(entry) {
        if (this.database) {
            await this.ask(ENTRIES, "readwrite", (store) => store.put(entry));
        } else {
            this.memory[ENTRIES].set(entry.key, entry);
        }
    }

    async remove(key) {
        if (this.database) {
            await this.ask(ENTRIES, "readwrite", (store) => store.delete(key));
        } else {
            this.memory[ENTRIES].delete(key);
        }
    }

    async kept(name) {
        return this.database
            ? this.ask(KEPT, "readonly", (store) => store.get(name))
            : this.memory[KEPT].get(name);
    }

    async keep(name, value) {
        if (this.database) {
            await this.ask(KEPT, "readwrite", (store) => store.put(value, name));
        } else {
            this.memory[KEPT].set(name, value);
        }
    }

    ask(name, mode, request) {
        return new Promise((resolve, reject) => {
            const transaction = this.database.transaction(name, mode);
            const asked = request(transaction.objectStore(name));
            // only when the transaction is through is it on the phone
            transaction.oncomplete = () => resolve(asked.result);
            transaction.onerror = () => reject(transaction.error);
            transaction.onabort = () => reject(transaction.error);
        });
    }
}
