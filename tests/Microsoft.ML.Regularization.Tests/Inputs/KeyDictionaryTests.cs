using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Inputs;

[TestClass]
public sealed class KeyDictionaryTests
{
    private static readonly MLContext Ml = new(seed: 1);

    [TestMethod]
    public void It_holds_the_values_of_keys_of_every_type_as_they_are_written()
    {
        CollectionAssert.AreEqual(new[] { "red", "grün", "日本" }, Of([new() { Text = "red" }, new() { Text = "grün" }, new() { Text = "日本" }], "Text"));
        CollectionAssert.AreEqual(new[] { "3", "-1.5", "0.1" }, Of([new() { Number = 3 }, new() { Number = -1.5f }, new() { Number = 0.1f }], "Number"));
        CollectionAssert.AreEqual(new[] { "3", "-1" }, Of([new() { Whole = 3 }, new() { Whole = -1 }], "Whole"));
        CollectionAssert.AreEqual(new[] { "True", "False" }, Of([new() { Flag = true }, new() { Flag = false }], "Flag"));
    }

    [TestMethod]
    public void Numbers_of_two_types_are_the_same_values()
    {
        Row[] rows = [new() { Number = 2, Whole = 2 }, new() { Number = -7, Whole = -7 }];
        Assert.AreEqual(Dictionary(rows, "Number"), Dictionary(rows, "Whole"));
        Assert.AreNotEqual(Dictionary(rows, "Number"), Dictionary([.. rows.Reverse()], "Number"));
    }

    [TestMethod]
    public void Long_values_and_none_are_kept()
    {
        string[] values = [new('x', 1000), new('é', 200), "y"];
        CollectionAssert.AreEqual(values, Of([.. values.Select(value => new Row { Text = value })], "Text"));
        CollectionAssert.AreEqual(values, KeyDictionary.Of(values).ToArray());
        Assert.IsEmpty(KeyDictionary.Of([]).ToArray());
    }

    [TestMethod]
    public void Hashes_and_keys_that_are_only_counted_tell_nothing()
    {
        var rows = Ml.Data.LoadFromEnumerable([new Row { Text = "red", Key = 1 }, new Row { Text = "blue", Key = 0 }]);
        Assert.IsNull(KeyDictionary.Of(rows.Schema["Key"]));
        Assert.IsNull(KeyDictionary.Of(rows.Schema["Number"]));
        Assert.IsNull(KeyDictionary.Of(Ml.Transforms.Conversion.Hash("Text", numberOfBits: 6).Fit(rows).Transform(rows).Schema["Text"]));

        // Values that happened to be there when it was fitted, and gaps between them.
        var inverted = Ml.Transforms.Conversion.Hash("Text", numberOfBits: 6, maximumNumberOfInverts: 1).Fit(rows).Transform(rows).Schema["Text"];
        Assert.IsNotNull(inverted.Annotations.Schema.GetColumnOrNull("KeyValues"));
        Assert.IsNull(KeyDictionary.Of(inverted));
    }

    [TestMethod]
    public void A_million_values_come_back_from_bytes_and_others_do_not()
    {
        var values = Enumerable.Range(0, 1_000_000).Select(i => $"value {i}").ToArray();
        var keys = new NetworkKeys(KeyDictionary.Of(["a", "b"]), [KeyDictionary.Of(values), null]);
        var bytes = keys.ToBytes();
        Assert.IsLessThan(16_000_000, bytes.Length);

        var read = NetworkKeys.Read(Ml, bytes);

        Assert.AreEqual(keys.Label, read.Label);
        Assert.AreEqual(keys.Inputs[0], read.Inputs[0]);
        Assert.IsNull(read.Inputs[1]);
        var input = new InputLayout { Categories = [new CategoryInput("a", 1, 1_000_000), new CategoryInput("b", 2, 7)] };
        Assert.IsTrue(read.Fit(input, outputs: 2));
        Assert.IsFalse(read.Fit(input, outputs: 3));
        Assert.IsFalse(read.Fit(input with { Categories = [input.Categories[1], input.Categories[0]] }, outputs: 2));
        Assert.IsFalse(read.Fit(input with { Categories = [input.Categories[0]] }, outputs: 2));
    }

    [TestMethod]
    public void Damaged_bytes_are_told()
    {
        var bytes = new NetworkKeys(KeyDictionary.Of(["a", "b"]), [KeyDictionary.Of(["red", "blue"]), null]).ToBytes();
        for (var length = 0; length < bytes.Length; length++)
            Assert.ThrowsExactly<FormatException>(() => NetworkKeys.Read(Ml, bytes.AsSpan(0, length)));
        Assert.ThrowsExactly<FormatException>(() => NetworkKeys.Read(Ml, [.. bytes, 0]));
        for (var place = 0; place < 12; place++)
        {
            var damaged = bytes.ToArray();
            damaged[place] ^= 0x81;
            Assert.ThrowsExactly<FormatException>(() => NetworkKeys.Read(Ml, damaged), $"byte {place}");
        }
    }

    private static string[] Of(Row[] rows, string column) => Dictionary(rows, column)!.ToArray();

    private static KeyDictionary? Dictionary(Row[] rows, string column)
    {
        var view = Ml.Data.LoadFromEnumerable(rows);
        return KeyDictionary.Of(Ml.Transforms.Conversion.MapValueToKey("Key", column).Fit(view).Transform(view).Schema["Key"]);
    }

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public float Number { get; set; }

        public int Whole { get; set; }

        public bool Flag { get; set; }

        [KeyType(3)]
        public uint Key { get; set; }
    }
}
