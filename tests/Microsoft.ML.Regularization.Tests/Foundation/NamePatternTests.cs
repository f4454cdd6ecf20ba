namespace Microsoft.ML.Regularization.Tests.Foundation;

[TestClass]
public sealed class NamePatternTests
{
    [TestMethod]
    [DataRow("a.b", "a.b", "")]
    [DataRow("a.b", "a.c", null)]
    [DataRow("*", "a.b", "a.b")]
    [DataRow("model.*", "model.layer1.weight", "layer1.weight")]
    [DataRow("model.*", "other.weight", null)]
    [DataRow("*.weight", "a.b.weight", "a.b")]
    [DataRow("*.weight", ".weight", "")]
    [DataRow("*.weight", "weight", null)]
    [DataRow("block.*.attn.*.bias", "block.11.attn.q.k.bias", "11|q.k")]
    [DataRow("a*b*c", "abbc", "|b")]
    [DataRow("ab*ba", "aba", null)]
    public void It_matches_what_it_says(string pattern, string name, string? parts) =>
        Assert.AreEqual(parts, NamePattern.Match(pattern, name) is { } found ? string.Join('|', found) : null);

    [TestMethod]
    [DataRow("model.*", "*", "model.conv1.weight", "conv1.weight")]
    [DataRow("layers.*.self.*", "blocks.*.attention.*", "layers.3.self.qkv.bias", "blocks.3.attention.qkv.bias")]
    [DataRow("*.gamma", "*.weight", "norm.gamma", "norm.weight")]
    [DataRow("token", "class_token.token", "token", "class_token.token")]
    [DataRow("pos_*", "positions.table", "pos_embed", "positions.table")]
    public void A_rule_renames(string pattern, string replacement, string name, string expected) => Assert.AreEqual(expected, new WeightName(pattern, replacement).Of(name));

    [TestMethod]
    public void A_rule_cannot_invent_what_it_does_not_find()
    {
        Refusal.Check("stars", () => new WeightName("a.*", "*.*").Validate(null), ["at most as many *", "a.* -> *.*"]);
        Refusal.Check("blank", () => new WeightName(" ", "x").Validate(null), ["Pattern"]);
    }
}
