using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace Microsoft.ML.Regularization.Tests.Scoring.ModelFiles;

/// <summary>Changes one thing in the bytes of a stream, as an attacker or a careless editor would.</summary>
internal static class Mutation
{
    private static readonly string[] Values =
    [
        "null", "2000000000", "2147483647", "-2147483648", "9223372036854775807", "1e30", "-1e30", "1e308", "0", "1", "-1", "2", "3", "65", "0.5", "1e-300",
        "\"NaN\"", "\"Infinity\"", "\"-Infinity\"", "\"\"", "\"x\"", "true", "false", "[]", "{}", "[null]", "[1]", "[2000000000]", "{\"a\":1}", "[[1,1],[1,1]]",
    ];

    /// <summary>A changed stream, and what was done.</summary>
    public static (byte[] Content, string What) Of(string name, byte[] content, Random random)
    {
        if (random.Next(6) == 0)
            return Bytes(content, random);
        if (name.EndsWith(".json", StringComparison.Ordinal))
            return Json(content, random);
        return name.EndsWith(".safetensors", StringComparison.Ordinal) ? Tensors(content, random) : Bytes(content, random);
    }

    public static (byte[] Content, string What) Json(byte[] json, Random random)
    {
        var root = JsonNode.Parse(json)!;
        var nodes = Nodes(root).ToList();
        var (parent, place) = nodes[random.Next(nodes.Count)];
        var what = $"{parent.GetPath()} {place}: ";
        if (parent is JsonObject owner)
        {
            switch (random.Next(5))
            {
                case 0:
                    owner.Remove(place);
                    what += "removed";
                    break;
                case 1:
                    var moved = owner[place];
                    owner.Remove(place);
                    owner[place + "x"] = moved;
                    what += "renamed";
                    break;
                default:
                    owner[place] = Value();
                    break;
            }
        }
        else
        {
            var (list, index) = ((JsonArray)parent, int.Parse(place, System.Globalization.CultureInfo.InvariantCulture));
            if (random.Next(3) == 0)
                list.RemoveAt(index);
            else if (random.Next(3) == 0)
                list.Add(Value());
            else
                list[index] = Value();
        }

        return (Encoding.UTF8.GetBytes(root.ToJsonString()), what);

        JsonNode? Value()
        {
            var value = Values[random.Next(Values.Length)];
            what += value;
            return JsonNode.Parse(value);
        }
    }

    public static (byte[] Content, string What) Tensors(byte[] file, Random random)
    {
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        var data = file.AsSpan(8 + length).ToArray();
        var (header, what) = Json(file.AsSpan(8, length).ToArray(), random);
        if (random.Next(4) == 0 && data.Length >= 4)
        {
            header = file.AsSpan(8, length).ToArray();
            var bad = new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity }[random.Next(3)];
            BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(random.Next(data.Length / 4) * 4), bad);
            what = $"a weight is {bad}";
        }

        var changed = new byte[8 + header.Length + data.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(changed, (ulong)header.Length);
        header.CopyTo(changed, 8);
        data.CopyTo(changed, 8 + header.Length);
        return (changed, what);
    }

    public static (byte[] Content, string What) Bytes(byte[] content, Random random)
    {
        if (content.Length == 0)
            return ([1], "a byte more");
        var place = random.Next(content.Length);
        return random.Next(4) switch
        {
            0 => (content[..place], $"cut to {place} bytes"),
            1 => ([.. content[..place], .. content[(place + 1)..]], $"without byte {place}"),
            2 => ([.. content[..place], (byte)random.Next(256), .. content[place..]], $"one byte more at {place}"),
            _ => ([.. content[..place], (byte)(content[place] ^ 1 << random.Next(8)), .. content[(place + 1)..]], $"a bit of byte {place}"),
        };
    }

    private static IEnumerable<(JsonNode Parent, string Place)> Nodes(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(member => Below(node, member.Key, member.Value)),
        JsonArray items => items.SelectMany((item, index) => Below(node, $"{index}", item)),
        _ => [],
    };

    private static IEnumerable<(JsonNode Parent, string Place)> Below(JsonNode parent, string place, JsonNode? child) =>
        child is null ? [(parent, place)] : Nodes(child).Prepend((parent, place));
}
