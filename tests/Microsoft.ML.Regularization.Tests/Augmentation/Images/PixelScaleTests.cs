using System.Text;
using System.Text.Json;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Images;

[TestClass]
public sealed class PixelScaleTests
{
    private static PixelScale Photographs => PixelScale.Normalized([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);

    [TestMethod]
    public void Scales_compare_by_value()
    {
        Assert.AreEqual(Photographs, Photographs);
        Assert.AreEqual(Photographs.GetHashCode(), Photographs.GetHashCode());
        Assert.AreEqual(PixelScale.Unit, PixelScale.Normalized([0], [1]));
        Assert.AreNotEqual(PixelScale.Unit, PixelScale.Byte);
        Assert.AreNotEqual(Photographs, PixelScale.Normalized([0.485, 0.456, 0.406], [0.229, 0.224, 0.226]));
        Assert.AreNotEqual(PixelScale.Normalized([0, 0], [1]), PixelScale.Normalized([0], [0, 1]));
        Assert.AreEqual(new ColorJitterOptions { PixelScale = Photographs }, new ColorJitterOptions { PixelScale = Photographs });
    }

    [TestMethod]
    public void A_scale_keeps_its_numbers()
    {
        double[] means = [0.5];
        var scale = PixelScale.Normalized(means, [0.25]);
        means[0] = 9;
        Assert.AreEqual(PixelScale.Normalized([0.5], [0.25]), scale);
    }

    [TestMethod]
    public void Scales_survive_json()
    {
        foreach (var scale in new[] { PixelScale.Unit, PixelScale.Byte, Photographs, null })
        {
            var options = new ColorJitterOptions { PixelScale = scale };
            var json = JsonSerializer.Serialize<TrainingOnlyOptions>(options, StrictJson.Options);
            Assert.AreEqual(options, StrictJson.Read<TrainingOnlyOptions>(Encoding.UTF8.GetBytes(json)));
        }
    }

    [TestMethod]
    public void A_scale_says_what_it_is()
    {
        Assert.AreEqual("Unit", PixelScale.Unit.ToString());
        Assert.AreEqual("Byte", PixelScale.Byte.ToString());
        Assert.AreEqual("Normalized([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])", Photographs.ToString());
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(4)]
    public void Numbers_go_to_bytes_and_back(int channels)
    {
        foreach (var order in Enum.GetValues<ChannelOrder>())
        {
            var shape = new ImageShape(5, 7, channels, order);
            var numbers = Pictures.Random(shape).Select(number => number / 100 - 1).ToArray();
            var scale = channels == 1 ? PixelScale.Normalized([0.4], [0.3]) : Photographs;
            var planes = new ColorPlanes(shape.Layout, scale);
            planes.Load(numbers);

            // Transparency comes first where it comes at all, and has no scale here.
            var inPlanes = order == ChannelOrder.ChannelsFirst ? numbers : Pictures.Reorder(numbers, shape);
            var colors = planes.Colors;
            for (var plane = 0; plane < colors; plane++)
            {
                for (var i = 0; i < 35; i++)
                {
                    var number = inPlanes[(plane + channels - colors) * 35 + i];
                    Assert.AreEqual(255 * (number * scale.Deviations[plane] + scale.Means[plane]), planes.Plane(plane)[i], 1e-4);
                }
            }

            if (channels == 4)
                Pictures.AssertClose(inPlanes[..35], planes.Plane(3).ToArray(), 1e-6);
            var result = new float[numbers.Length];
            planes.Store(result);
            Pictures.AssertClose(numbers, result, 1e-5);
        }
    }
}
