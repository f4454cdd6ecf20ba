using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Microsoft.ML.Regularization.Benchmarks;

/// <summary>The processor that figures are of.</summary>
internal static class Processor
{
    private const int BrandLeaves = unchecked((int)0x80000000);

    /// <summary>A line to stand below a table.</summary>
    public static string Line { get; } = string.Create(
        CultureInfo.InvariantCulture, $"Processor: {Name}, {Environment.ProcessorCount} of its cores, vectors of {VectorBits} bits, {RuntimeInformation.OSDescription.Trim()}.");

    private static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    // On virtual machines the name tells little, but family and model tell the generation.
    private static string Name
    {
        get
        {
            if (!X86Base.IsSupported)
                return RuntimeInformation.ProcessArchitecture.ToString();

            var signature = X86Base.CpuId(1, 0).Eax;
            var family = (signature >> 8 & 15) + (signature >> 20 & 255);
            var model = (signature >> 4 & 15) + (signature >> 12 & 240);
            var brand = new StringBuilder();
            for (var leaf = BrandLeaves + 2; X86Base.CpuId(BrandLeaves, 0).Eax >= BrandLeaves + 4 && leaf <= BrandLeaves + 4; leaf++)
            {
                var (a, b, c, d) = X86Base.CpuId(leaf, 0);
                brand.Append(Encoding.ASCII.GetString(MemoryMarshal.AsBytes<int>([a, b, c, d])));
            }

            return string.Create(CultureInfo.InvariantCulture, $"{brand.ToString().Trim('\0', ' ')} (family {family}, model {model})");
        }
    }
}
