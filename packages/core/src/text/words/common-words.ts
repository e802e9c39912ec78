/**
 * The words that make up about half of any English text, from three letters on. They decide whether a decoding or a fold
 * reads as text; two-letter words are left out because chance makes too many of them.
 */
export const COMMON_WORDS: readonly string[] = `
the and that for are but not you all any can had her was one our out day get has him his how man new now old see two way who
boy did its let put say she too use dad mom with have this will your from they know want been good much some time very when come
here just like long make many more only over such take than them well were what where which while about after again also and
another any are around away back because become before being below between both bring call came case change children city
close could country course different does done down during each early earth easy else end enough even every example eye face
fact far few find first five follow food form found four friend gave give given goes going gone great group grow hand hard
head hear help high home house idea important into keep kind large last later learn leave left less life light line list little
live look made may mean might mind money month most mother move must name near need never next night nothing number off often
once open order other own page paper part people person place plan play point problem question quite read real really right
room said same school second seem sentence set should show side since small something soon sound spell stand start state
still stop story study sure talk tell their then there these thing things think those thought three through today together
told took toward true try turn under understand until upon used using usually very wait walk watch water week went whether
whole why without woman word words work world would write written wrong year years yes yet young answer ask asked cloud conservation flies
`
  .trim()
  .split(/\s+/);
