using Microsoft.ML.Tokenizers;

namespace Microsoft.ML.Regularization.Tests.Tokenization;

[TestClass]
public sealed class BytePairVocabularyTests
{
    [TestMethod]
    [DataRow("lower", "low er")]
    [DataRow("low lower", "low Ġlow er")]
    [DataRow("é", "Ã©")]
    [DataRow("wolr", "w o l r")]
    [DataRow("lowx", "low")]      // what the vocabulary lacks is left out
    [DataRow("low\uD83D", "low")]
    [DataRow("", "")]
    public void Bytes_are_merged_as_by_hand(string text, string pieces) => Assert.AreEqual(pieces, TinyVocabularies.BytePairs().Pieces(text));

    [TestMethod]
    public void Characters_are_merged_within_words_and_unknown_ones_have_a_token()
    {
        Assert.AreEqual("low low er", TinyVocabularies.BytePairs(byteLevel: false).Pieces("low lower"));
        Assert.AreEqual("low <unk> low", TinyVocabularies.BytePairs(byteLevel: false, "<unk>").Pieces("lowx low"));
    }

    [TestMethod]
    public void Texts_have_the_ids_of_the_tokenizer_used_directly()
    {
        var direct = BpeTokenizer.Create(new BpeOptions(
            TinyVocabularies.BytePairs().Tokens.Select((token, id) => KeyValuePair.Create(token, id)))
        {
            Merges = ["l o", "lo w", "e r", "Ġ low", "Ã ©"],
            ByteLevel = true,
            PreTokenizer = RobertaPreTokenizer.Instance,
        });

        foreach (var text in new[] { "low lower", "  lower low ", "é low", "zzz" })
            CollectionAssert.AreEqual(direct.EncodeToIds(text).ToArray(), TinyVocabularies.BytePairs().Encode(text).ToArray(), text);
    }

    [TestMethod]
    public void Tokens_are_in_the_order_of_their_ids()
    {
        var tokens = SubwordVocabulary.BytePairs(TinyVocabularies.Stream("""{"b":1,"a":0,"ab":2}"""), TinyVocabularies.Stream("a b")).Tokens;

        CollectionAssert.AreEqual(new[] { "a", "b", "ab" }, tokens.ToArray());
    }

    [TestMethod]
    [DataRow("", "", "not a JSON object")]
    [DataRow("{}", "", "it is empty")]
    [DataRow("null", "", "it is empty")]
    [DataRow("""{"a":0,""", "", "not a JSON object")]
    [DataRow("""["a"]""", "", "not a JSON object")]
    [DataRow("""{"a":0,"b":2}""", "", "'b' has 2")]
    [DataRow("""{"a":0,"b":0}""", "", "'b' has 0")]
    [DataRow("""{"a":-1}""", "", "'a' has -1")]
    [DataRow("""{"a":0,"b":1}""", "#version: 0.2\na b c", "line 2 must be two tokens")]
    [DataRow("""{"a":0,"b":1}""", "a", "line 1 must be two tokens")]
    [DataRow("""{"a":0,"b":1}""", "a b", "does not fit the vocabulary")]
    public void What_is_no_vocabulary_is_refused(string vocabulary, string merges, string problem)
    {
        var error = Assert.ThrowsExactly<FormatException>(
            () => SubwordVocabulary.BytePairs(TinyVocabularies.Stream(vocabulary), TinyVocabularies.Stream(merges)));

        StringAssert.Contains(error.Message, problem);
    }

    [TestMethod]
    public void An_unknown_token_is_one_of_the_vocabulary() =>
        StringAssert.Contains(Assert.ThrowsExactly<FormatException>(() => TinyVocabularies.BytePairs(unknownToken: "[UNK]")).Message, "[UNK]");
}
