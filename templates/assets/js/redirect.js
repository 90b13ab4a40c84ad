// Sends the reader on with the fragment of the address, which a refresh would drop: a link to one
// comment under a story's short link ends at that comment.
location.replace(document.currentScript.dataset.target + location.hash);
