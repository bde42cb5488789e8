from core.tag import annotate
from core.tag.put import explain_put
from tests.tag.readings import bare

TEXT = "Amerika Serikat mengecam keras Korea Utara. Kim Jong Un memuji Rusia sebagai sahabat setia."


def test_the_explanation_says_what_is_stored():
    document = bare(TEXT)
    annotations = annotate(document)
    seen = 0
    for number, sentence in enumerate(annotations.sentences):
        for mention, told in explain_put(document, annotations, number):
            assert told.towards.label == mention.towards.label
            assert abs(told.towards.score - mention.towards.score) < 0.01
            text = sentence.span.of(document.text)
            assert all(mover.span.of(text) == mover.text for mover in told.movers)
            seen += 1
    assert seen == sum(mention.towards is not None for mention in annotations.mentions) > 2


def test_a_name_moves_nothing_and_blame_does():
    document = bare(TEXT)
    annotations = annotate(document)
    told = {mention.entity.name: explained for mention, explained in explain_put(document, annotations, 0)}
    words = {mover.text: mover.weight for mover in told["Korea Utara"].movers}
    assert words["mengecam"] < 0
    assert "Korea" not in words


def test_a_sentence_that_names_nobody_has_nothing_to_explain():
    document = bare("Hujan turun sejak sore di sana.")
    assert explain_put(document, annotate(document), 0) == ()
