using Microsoft.ML.Tokenizers;

namespace Microsoft.ML.Regularization.Tests.Tokenization;

[TestClass]
public sealed class WordPieceVocabularyTests
{
    [TestMethod]
    [DataRow("unaffable", "un ##aff ##able")]
    [DataRow("Running runs!", "run ##ning run ##s !")]
    [DataRow("Résumé", "resume")]                       // uncased models have no accents
    [DataRow("run\nrun\trun\r\nrun", "run run run run")]
    [DataRow("a_a $5", "a _ a $ 5")]                    // signs are punctuation
    [DataRow("日日a", "日 日 a")]
    [DataRow("runx run", "[UNK] run")]
    [DataRow("run [MASK] run", "run [MASK] run")]
    [DataRow("run \uD83D", "run")]                      // half of a pair that a cut has left
    [DataRow("", "")]
    [DataRow(" \t ", "")]
    public void Words_are_split_as_by_hand(string text, string pieces) => Assert.AreEqual(pieces, TinyVocabularies.WordPiece().Pieces(text));

    [TestMethod]
    public void Cased_vocabularies_keep_case() => Assert.AreEqual("Run run [UNK]", TinyVocabularies.WordPiece(lowerCase: false).Pieces("Run run RUN"));

    [TestMethod]
    public void Special_tokens_stand_around_a_text_if_asked_for()
    {
        var vocabulary = TinyVocabularies.WordPiece(addSpecialTokens: true);

        Assert.AreEqual("[CLS] un ##able [SEP]", vocabulary.Pieces("unable"));
        Assert.AreEqual("[CLS] [SEP]", vocabulary.Pieces(""));
    }

    [TestMethod]
    public void Plain_texts_have_the_ids_of_the_tokenizer_used_directly()
    {
        var direct = BertTokenizer.Create(TinyVocabularies.Stream(string.Join('\n', TinyVocabularies.Words)));
        var vocabulary = TinyVocabularies.WordPiece();

        foreach (var text in new[] { "Unaffable running, runs!", "a 5 run", "nothing known", "unaffableable" })
        {
            var expected = direct.EncodeToIds(text, addSpecialTokens: false, considerPreTokenization: true);
            CollectionAssert.AreEqual(expected.ToArray(), vocabulary.Encode(text).ToArray(), text);
        }
    }

    [TestMethod]
    public void Tokens_are_the_lines_and_blank_lines_at_the_end_count_for_nothing()
    {
        CollectionAssert.AreEqual(TinyVocabularies.Words, TinyVocabularies.WordPiece().Tokens.ToArray());

        var spaced = SubwordVocabulary.WordPiece(TinyVocabularies.Stream(string.Join("\r\n", TinyVocabularies.Words) + "\r\n\r\n"));
        CollectionAssert.AreEqual(TinyVocabularies.Words, spaced.Tokens.ToArray());
        Assert.AreEqual("un ##aff ##able", spaced.Pieces("unaffable"));
    }

    [TestMethod]
    [DataRow("", "it is empty")]
    [DataRow("\n\n", "it is empty")]
    [DataRow("[UNK]\na\nb\na", "line 4 has the token 'a' a second time")]
    [DataRow("[UNK]\n[CLS]\n[SEP]\n[PAD]\na", "lacks the token [MASK]")]
    public void What_is_no_vocabulary_is_refused(string content, string problem)
    {
        var error = Assert.ThrowsExactly<FormatException>(() => SubwordVocabulary.WordPiece(TinyVocabularies.Stream(content)));

        StringAssert.Contains(error.Message, problem);
        StringAssert.Contains(error.Message, "stream 'stream'");
    }

    [TestMethod]
    public void Files_are_named_by_errors()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        StringAssert.Contains(Assert.ThrowsExactly<FileNotFoundException>(() => SubwordVocabulary.WordPiece(path)).Message, path);
        Assert.ThrowsExactly<ArgumentNullException>(() => SubwordVocabulary.WordPiece((Stream)null!));
        try
        {
            File.WriteAllBytes(path, [0xFF, 0xFE, 0xFD, 0x80]);
            StringAssert.Contains(Assert.ThrowsExactly<FormatException>(() => SubwordVocabulary.WordPiece(path)).Message, path);
            File.WriteAllText(path, string.Join('\n', TinyVocabularies.Words));
            Assert.AreEqual("run ##s", SubwordVocabulary.WordPiece(path).Pieces("runs"));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
