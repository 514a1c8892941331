import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** Fills the login form with the role that was tapped. */
export class PartyDemoLogins extends Interaction {
    static selector = ".o_party_demo_logins";
    dynamicContent = {
        ".o_party_demo_login": { "t-on-click": this.onChoose },
    };

    onChoose(ev) {
        const { login, password } = ev.currentTarget.dataset;
        const form = document.querySelector("form.oe_login_form");
        form.classList.remove("d-none");
        form.querySelector("input[name='login']").value = login;
        form.querySelector("input[name='password']").value = password;
        form.scrollIntoView({ block: "center" });
        form.querySelector("button[type='submit']").focus();
    }
}

registry
    .category("public.interactions")
    .add("party_office_demo.demo_logins", PartyDemoLogins);
