/** Pages without the search. */
