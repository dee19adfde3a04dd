// The parts of Bootstrap's script the portal uses; each starts itself from data-bs-* attributes.
export { default as Dropdown } from "bootstrap/js/src/dropdown.js";
export { default as Modal } from "bootstrap/js/src/modal.js";
export { default as Offcanvas } from "bootstrap/js/src/offcanvas.js";
